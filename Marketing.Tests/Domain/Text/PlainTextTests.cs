using Marketing.Domain.Text;

namespace Marketing.Tests.Domain.Text;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("<b>lost</b> my <a>card</a>", "lost my card")]
    [InlineData("l<b>os</b>t", "lost")]
    [InlineData("<p>lost</p><p>my card</p>", "lost my card")]
    [InlineData("lost<br/>my<BR>card", "lost my card")]
    [InlineData("<div class=\"m\" hidden data-id='7'>lost my card</div>", "lost my card")]
    [InlineData("<ns:msg xml:lang=\"en\">lost my card</ns:msg>", "lost my card")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE html><m><![CDATA[lost my card]]></m>", "lost my card")]
    [InlineData("<style>p { color: red }</style>lost<!-- a > b --> my card<script>alert(1)</script>", "lost my card")]
    [InlineData("lost my card <a href=\"https://exa", "lost my card")]
    [InlineData("lost my c&aacute;rd &amp; PIN&nbsp;&#39;now&#x27;", "lost my cárd & PIN 'now'")]
    [InlineData("&lt;b&gt;lost&lt;/b&gt; my card", "lost my card")]
    [InlineData("&amp;lt;b&amp;gt;lost&amp;lt;/b&amp;gt; my card", "lost my card")]
    [InlineData("lost my [card](https://bank.example/cards/1?x=(2)) today", "lost my card today")]
    [InlineData("![card](card.png) is [lost][1]", "card is lost")]
    [InlineData("# Help\n> **lost** _my_ `card`, ~~not~~ ***found***\n- call me", "Help lost my card, not found call me")]
    [InlineData("lost my <https://bank.example/c|card>, <@U123|nora> and <#C9>", "lost my card, nora and")]
    [InlineData("[b]lost[/b] my [url=https://bank.example]card[/url]", "lost my card")]
    [InlineData("lost my card https://bank.example/a?b=c&d=e#f please", "lost my card please")]
    [InlineData("see www.bank.example/x, or mail nora.o+1@bank.example", "see or mail")]
    [InlineData("https://bank.example/卡丢了", "卡丢了")]
    [InlineData("Ｉ　ｌｏｓｔ ｍｙ ｃａｒｄ！", "I lost my card!")]
    [InlineData("𝗹𝗼𝘀𝘁 𝑚𝑦 ⓒⓐⓡⓓ №①", "lost my card №1")]
    [InlineData("ﬁnd my ﬂat ｶｰﾄﾞ", "find my flat カート")]
    [InlineData("ﻣﺮﺣﺒﺎ", "مرحبا")]
    [InlineData("بِطَاقَتِي", "بطاقتي")]
    [InlineData("٣٤ and ३४", "34 and 34")]
    [InlineData("\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165", "한국어")]
    [InlineData("lo\u200bst\u00ad my\u2060 \u202ecard\u202c\ufeff", "lost my card")]
    [InlineData("lost\u0000my\u0007card\r\n\tnow  ", "lost my card now")]
    [InlineData("I can’t, “really”", "I can't, \"really\"")]
    [InlineData("cafe\u0301", "cafe")]
    public void What_the_channel_added_is_gone(string text, string plain)
    {
        Assert.Equal(plain, PlainText.Of(text));
        Assert.Equal(plain, PlainText.Of(plain));
    }

    [Theory]
    [InlineData("I <3 this & 5 < 6 > 4")]
    [InlineData("if a<b and c>d then 2 * 3 = 6")]
    [InlineData("snake_case and 5*3, see [note] and netflix.com")]
    [InlineData("naïve café — 50% off!")]
    [InlineData("मेरा कार्ड खो गया है")]
    [InlineData("ฉันทำบัตรหาย")]
    [InlineData("")]
    public void What_was_said_stays(string text) => Assert.Equal(text, PlainText.Of(text));

    [Theory]
    [InlineData("<br>")]
    [InlineData("https://bank.example")]
    [InlineData("\u200b\ufeff \n")]
    public void A_text_that_says_nothing_is_empty(string text) => Assert.Equal("", PlainText.Of(text));

    [Theory]
    [InlineData("<a b='")]
    [InlineData("[a](")]
    [InlineData("![")]
    [InlineData("<!--")]
    [InlineData("<script>")]
    [InlineData("&lt;")]
    [InlineData("a.@")]
    [InlineData("*_`~")]
    [InlineData("<a ")]
    public void Markup_that_never_ends_is_read_to_its_end(string part) =>
        Assert.NotNull(PlainText.Of(string.Concat(Enumerable.Repeat(part, 8_000 / part.Length))));

    [Fact]
    public void No_mix_of_characters_is_too_odd()
    {
        const string Alphabet = "ab1 <>/!?&;#[]()*_`~@.:=\"'-\\\n\r\t\u0000\u200dé\u0301卡カー각\u1112\u1161\u11abﻻﷺ①𝗹😀\ud800\udc00\uffff";
        var random = new Random(11);
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Create(random.Next(40), random, static (span, random) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = Alphabet[random.Next(Alphabet.Length)];
                }
            });

            var plain = PlainText.Of(text);

            Assert.DoesNotContain(plain, static letter => letter is '\n' or '\u200d' or '\u0000');
            Assert.Equal(plain.Trim(), plain);
        }
    }
}
