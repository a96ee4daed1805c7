using Marketing.Recommender.Text;

namespace Marketing.Tests.Recommender.Text;

public sealed class TextTermsTests
{
    [Fact]
    public void Terms_are_distinct_and_ascending()
    {
        var terms = TextTerms.Of("the card, the other card and THE card abroad");

        Assert.Equal(5, terms.Length);
        Assert.Equal(terms.Distinct().Order(), terms);
    }

    [Theory]
    [InlineData("Card declined!", "declined card")]
    [InlineData("ÉTÉ à Paris", "paris, à été")]
    [InlineData("pin: 1234", "1234 PIN")]
    public void Case_order_and_punctuation_do_not_matter(string left, string right) =>
        Assert.Equal(TextTerms.Of(left), TextTerms.Of(right));

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("?! — …")]
    [InlineData("\ud800")]
    public void A_text_without_a_word_has_no_terms(string text) => Assert.Empty(TextTerms.Of(text));

    [Fact]
    public void A_word_hashes_to_the_same_number_in_every_release() =>
        Assert.Equal([0xE40C292Cu], TextTerms.Of("a"));
}
