using System.Text;
using Marketing.Stores.Embedding;
using BertTokenizer = Microsoft.ML.Tokenizers.BertTokenizer;

namespace Marketing.Tests.Stores.Embedding;

public sealed class WordPieceTokenizerTests
{
    private static readonly string Vocabulary = Path.Combine(AppContext.BaseDirectory, "models", "marketing-static-256", "vocab.txt");
    private static readonly WordPieceTokenizer Tokenizer = new(File.ReadLines(Vocabulary));
    private static readonly BertTokenizer Library = BertTokenizer.Create(Vocabulary);

    /// <summary>Texts and token ids, as published with the model.</summary>
    public static TheoryData<string, int[]> Golden => new()
    {
        { "My card was declined abroad", [2026, 4003, 2001, 6430, 6917] },
        { "I'd like to top up with Google Pay", [1045, 1005, 1040, 2066, 2000, 2327, 2039, 2007, 8224, 3477] },
        { "¿Dónde está mi tarjeta?", [1094, 2123, 3207, 9765, 2050, 2771, 16985, 15759, 2050, 1029] },
        { "naïve café — 50% off!", [15743, 7668, 1517, 2753, 1003, 2125, 999] },
        { "", [] },
        { "recommend me a movie like The Matrix", [16755, 2033, 1037, 3185, 2066, 1996, 8185] },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void A_text_has_the_published_ids(string text, int[] ids) => Assert.Equal(ids, Encode(text));

    [Theory]
    [InlineData("cafe\u0301", "café")]
    [InlineData("İSTANBUL", "istanbul")]
    [InlineData("ĄŻŹŃ", "azzn")]
    [InlineData("Ёлка Й", "елка и")]
    [InlineData("中文", "中 文")]
    [InlineData("a\u200db", "ab")]
    [InlineData("one\r\ntwo\tthree", "one two three")]
    public void What_differs_only_in_form_has_the_same_ids(string text, string plain) => Assert.Equal(Encode(plain), Encode(text));

    [Fact]
    public void A_currency_sign_before_an_amount_is_kept_as_in_bert()
    {
        Assert.Equal([1002, 2753], Encode("$50"));
    }

    [Fact]
    public void A_word_longer_than_a_hundred_characters_is_one_unknown()
    {
        Assert.Equal([100, 2154], Encode(new string('a', 101) + " day"));
    }

    [Fact]
    public void Encoding_stops_where_the_room_ends()
    {
        int[] ids = new int[3];

        Assert.Equal(3, Tokenizer.Encode("one two three four five", ids));
        Assert.Equal(Encode("one two three"), ids);
    }

    [Fact]
    public void Any_mix_of_words_signs_and_spaces_has_the_ids_that_the_library_gives()
    {
        // No accents and no symbols: in invariant globalization mode the reference library keeps accents, drops symbols such as $ and joins
        // words across line breaks, unlike BERT and this tokenizer.
        const string Alphabet = "aeiourstlnmcdghp KTZ059 .,'!?-#%&()[]{}@中";
        Rune[] runes = [.. Alphabet.EnumerateRunes()];
        string[] words = [.. File.ReadLines(Vocabulary).Where((word, line) => line % 37 == 0 && word.All(char.IsAsciiLetterOrDigit))];
        var random = new Random(7);
        for (int round = 0; round < 3_000; round++)
        {
            var text = new StringBuilder();
            for (int i = random.Next(40); i > 0; i--)
            {
                _ = random.Next(4) == 0
                    ? text.Append(words[random.Next(words.Length)])
                    : text.Append(runes[random.Next(runes.Length)].ToString());
            }

            Assert.Equal(Library.EncodeToIds(text.ToString(), addSpecialTokens: false), Encode(text.ToString()));
        }
    }

    private static int[] Encode(string text)
    {
        int[] ids = new int[512];
        return ids[..Tokenizer.Encode(text, ids)];
    }
}
