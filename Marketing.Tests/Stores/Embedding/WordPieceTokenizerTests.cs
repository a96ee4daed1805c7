using Marketing.Stores.Embedding;

namespace Marketing.Tests.Stores.Embedding;

public sealed class WordPieceTokenizerTests
{
    private static readonly WordPieceTokenizer Tokenizer = Load();

    /// <summary>Texts and token ids, as published with the model.</summary>
    public static TheoryData<string, long[]> Golden => new()
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
    public void A_text_has_the_published_ids(string text, long[] ids) => Assert.Equal(ids, Encode(text));

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

    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    public void A_word_longer_than_a_hundred_letters_is_one_unknown(string letter)
    {
        Assert.Equal([2154, 100, 1010, 2154], Encode($"day {string.Concat(Enumerable.Repeat(letter, 101))}, day"));
        Assert.DoesNotContain(100, Encode($"day {string.Concat(Enumerable.Repeat(letter, 100))}, day"));
    }

    [Theory]
    [InlineData("[CLS]")]
    [InlineData("[SEP]")]
    [InlineData("[PAD]")]
    [InlineData("[UNK]")]
    public void A_special_token_that_somebody_types_is_text(string typed) => Assert.Equal(Encode(typed.ToLowerInvariant()), Encode(typed));

    [Fact]
    public void Encoding_stops_where_the_room_ends()
    {
        const string Text = "one two three four five";

        Assert.Equal(Encode("one two three"), Tokenizer.Encode(Text, new long[WordPieceTokenizer.Room(Text, 3)]));
    }

    [Fact]
    public void A_vocabulary_without_the_special_tokens_is_refused_by_name()
    {
        var refused = Assert.Throws<InvalidDataException>(() => new WordPieceTokenizer(new StringReader("[UNK]\n[CLS]\n[PAD]\nword")));

        Assert.Contains("[SEP]", refused.Message, StringComparison.Ordinal);
    }

    private static long[] Encode(string text) => [.. Tokenizer.Encode(text, new long[WordPieceTokenizer.Room(text, 512)])];

    private static WordPieceTokenizer Load()
    {
        using var vocabulary = File.OpenText(Path.Combine(AppContext.BaseDirectory, "models", "marketing-static-256", "vocab.txt"));
        return new WordPieceTokenizer(vocabulary);
    }
}
