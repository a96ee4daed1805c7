using Marketing.Domain.Text;

namespace Marketing.Tests.Domain.Text;

public sealed class TextTermsTests
{
    [Fact]
    public void Terms_are_distinct_and_ascending()
    {
        var terms = TextTerms.Of("the card, the other card and THE card abroad");

        // the, card, other, and, abroad; the card, card the, the other, other card, card and, and the, card abroad
        Assert.Equal(12, terms.Length);
        Assert.Equal(terms.Distinct().Order(), terms);
    }

    [Theory]
    [InlineData("Card declined!", "card DECLINED")]
    [InlineData("ÉTÉ à Paris", "été, à... paris")]
    [InlineData("pin: 1234", "(PIN) 1234")]
    [InlineData("<b>lost</b> my [card](https://bank.example/1)", "lost my card")]
    [InlineData("cafe\u0301 déjà", "CAFÉ deja")]
    [InlineData("ｌｏｓｔ my card", "lost my card")]
    public void Case_and_punctuation_do_not_matter(string left, string right) =>
        Assert.Equal(TextTerms.Of(left), TextTerms.Of(right));

    [Fact]
    public void The_same_words_in_another_order_share_the_words_but_not_the_pairs()
    {
        var left = TextTerms.Of("card declined");
        var right = TextTerms.Of("declined card");

        Assert.Equal(TextTerms.Of("card").Concat(TextTerms.Of("declined")).Order(), left.Intersect(right));
        Assert.Equal(3, left.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("?! — …")]
    [InlineData("\ud800")]
    public void A_text_without_a_word_has_no_terms(string text) => Assert.Empty(TextTerms.Of(text));

    [Theory]
    [InlineData("我的银行卡丢失了", "银行卡在哪里", 2)]
    [InlineData("銀行のカードを紛失", "カードが欲しい", 2)]
    [InlineData("ฉันทำบัตรหาย", "บัตรหาย", 6)]
    public void Where_words_are_not_apart_two_characters_are_one(string left, string right, int shared) =>
        Assert.Equal(shared, TextTerms.Of(left).Intersect(TextTerms.Of(right)).Count());

    [Fact]
    public void A_word_beside_an_unspaced_script_is_a_word() =>
        Assert.Superset(new HashSet<uint>(TextTerms.Of("visa")), new HashSet<uint>(TextTerms.Of("我的Visa卡")));

    [Fact]
    public void A_word_hashes_to_the_same_number_in_every_release() =>
        Assert.Equal([0xE40C292Cu], TextTerms.Of("a"));
}
