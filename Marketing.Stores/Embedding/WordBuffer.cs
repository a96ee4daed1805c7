using System.Text;
using Marketing.Domain.Text;

namespace Marketing.Stores.Embedding;

/// <summary>The current word, in lower case and without accents; it keeps what fits and knows whether there was more.</summary>
internal ref struct WordBuffer(Span<char> room)
{
    private readonly Span<char> _room = room;
    private int _length;

    public readonly bool IsEmpty => _length == 0 && !IsTooLong;

    public bool IsTooLong { get; private set; }

    public readonly ReadOnlySpan<char> Text => _room[.._length];

    public void Clear()
    {
        _length = 0;
        IsTooLong = false;
    }

    /// <summary>Appends ASCII letters and digits.</summary>
    public void AppendLowerCased(ReadOnlySpan<char> plain)
    {
        if (plain.Length > _room.Length - _length)
        {
            IsTooLong = true;
            return;
        }

        for (int i = 0; i < plain.Length; i++)
        {
            // Bit 5 makes a letter lower case and is already set in digits.
            _room[_length + i] = (char)(plain[i] | 0x20);
        }

        _length += plain.Length;
    }

    public void Append(Rune rune)
    {
        Span<char> folded = stackalloc char[3];
        int count = 1;
        if (!rune.IsBmp)
        {
            count = Rune.ToLowerInvariant(rune).EncodeToUtf16(folded);
        }
        else if ((count = AccentFolding.DecomposeHangul((char)rune.Value, folded)) == 0)
        {
            folded[0] = AccentFolding.Fold((char)rune.Value);
            count = 1;
        }

        if (count > _room.Length - _length)
        {
            IsTooLong = true;
            return;
        }

        folded[..count].CopyTo(_room[_length..]);
        _length += count;
    }
}
