using System.Buffers;
using System.Globalization;
using System.Text;
using FastBertTokenizer;
using Marketing.Domain.Text;

namespace Marketing.Stores.Embedding;

/// <summary>
/// BERT's uncased WordPiece (Devlin et al. 2018; Wu et al. 2016) by FastBertTokenizer, without special tokens. Safe for concurrent use.
/// The library strips no accents in invariant globalization mode, takes a typed <c>[CLS]</c> for the special token, and limits no word's
/// length. This class does all three.
/// </summary>
internal sealed class WordPieceTokenizer
{
    /// <summary>A longer word is unknown, as in BERT.</summary>
    private const int MaxWordLength = 100;

    private const string Unknown = "[UNK]";

    private static readonly SearchValues<char> PlainLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private readonly BertTokenizer _library = new();

    /// <param name="vocabulary">One piece per line; the line number, from 0, is its id. <c>##</c> marks a piece inside a word.</param>
    /// <exception cref="InvalidDataException">There is no <c>[UNK]</c>, <c>[CLS]</c>, <c>[SEP]</c> or <c>[PAD]</c>.</exception>
    public WordPieceTokenizer(TextReader vocabulary)
    {
        try
        {
            _library.LoadVocabulary(vocabulary, convertInputToLowercase: true, unknownToken: Unknown);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>The room that <see cref="Encode"/> needs. A text has at most as many pieces as characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxPieces">The number of pieces to stop after.</param>
    public static int Room(string text, int maxPieces) => Math.Min(text.Length, maxPieces) + 2;

    /// <summary>Returns the ids of a text's pieces, within the room and at most two fewer than it has.</summary>
    public ReadOnlySpan<long> Encode(string text, Span<long> room)
    {
        Span<long> mask = stackalloc long[room.Length];
        int count = _library.Encode(IsPlain(text) ? text : Folded(text), room, mask);
        return room[1..(count - 1)]; // without [CLS] and [SEP]
    }

    private static bool IsPlain(string text) => Ascii.IsValid(text) && !text.Contains('[') && !HasLongWord(text);

    private static bool HasLongWord(ReadOnlySpan<char> text)
    {
        while (text.Length > MaxWordLength)
        {
            int separator = text[..(MaxWordLength + 1)].LastIndexOfAnyExcept(PlainLetters);
            if (separator < 0)
            {
                return true;
            }

            text = text[(separator + 1)..];
        }

        return false;
    }

    private static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        int length = 0;
        foreach (char letter in text)
        {
            if (char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            length = char.IsLetterOrDigit(letter) ? length + 1 : 0;
            if (length <= MaxWordLength)
            {
                folded.Append(AccentFolding.Fold(letter));
            }
            else if (length == MaxWordLength + 1)
            {
                folded.Length -= MaxWordLength;
                folded.Append(Unknown);
            }
        }

        return folded.ToString();
    }
}
