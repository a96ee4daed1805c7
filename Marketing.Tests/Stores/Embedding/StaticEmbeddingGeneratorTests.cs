using System.Numerics.Tensors;
using Marketing.Stores.Embedding;
using Microsoft.Extensions.AI;

namespace Marketing.Tests.Stores.Embedding;

public sealed class StaticEmbeddingGeneratorTests
{
    private static readonly StaticEmbeddingGenerator Generator = StaticEmbeddingGenerator.Load();

    /// <summary>Texts and their first eight components, as published with the model.</summary>
    public static TheoryData<string, float[]> Golden => new()
    {
        { "My card was declined abroad", [-0.4989f, -0.06688f, 0.23816f, -0.18622f, 0.10486f, 0.10538f, 0.07991f, 0.0539f] },
        { "I'd like to top up with Google Pay", [-0.36739f, -0.00744f, -0.10762f, 0.06801f, -0.01017f, -0.0686f, 0.02862f, -0.04471f] },
        { "¿Dónde está mi tarjeta?", [0.04786f, 0.23113f, 0.02547f, 0.05928f, 0.13818f, 0.10327f, -0.06699f, 0.02574f] },
        { "naïve café — 50% off!", [-0.17574f, -0.04437f, -0.10308f, 0.09498f, -0.03665f, 0.22052f, 0.04934f, -0.13899f] },
        { "recommend me a movie like The Matrix", [0.02724f, -0.04188f, -0.09012f, 0.24195f, 0.09408f, 0.02556f, -0.03653f, 0.1425f] },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void A_text_has_the_published_vector(string text, float[] firstComponents)
    {
        float[] vector = Generator.Embed(text);

        for (int i = 0; i < firstComponents.Length; i++)
        {
            Assert.Equal(firstComponents[i], vector[i], 1e-5f);
        }
    }

    /// <summary>A text, a paraphrase, and an unrelated text.</summary>
    public static TheoryData<string, string, string> Scripts => new()
    {
        { "Я потерял свою карту", "Моя банковская карта потеряна", "Я хочу изменить свой адрес" },
        { "Έχασα την κάρτα μου", "Η τραπεζική μου κάρτα χάθηκε", "Θέλω να αλλάξω τη διεύθυνσή μου" },
        { "لقد فقدت بطاقتي", "بطاقتي المصرفية مفقودة", "أريد تغيير عنواني" },
        { "איבדתי את הכרטיס שלי", "כרטיס הבנק שלי אבד", "אני רוצה לשנות את הכתובת שלי" },
        { "मेरा कार्ड खो गया है", "मेरा बैंक कार्ड कहीं खो गया", "मैं अपना पता बदलना चाहता हूँ" },
        { "카드를 잃어버렸어요", "제 은행 카드를 잃어버렸습니다", "주소를 변경하고 싶어요" },
        { "비밀번호를 어떻게 바꾸나요", "새 비밀번호가 필요합니다", "택배는 언제 도착하나요" },
        { "我的卡丢了", "我的银行卡丢失了", "我想更改我的地址" },
        { "カードをなくしました", "銀行のカードを紛失しました", "住所を変更したいです" },
        { "ฉันทำบัตรหาย", "บัตรธนาคารของฉันหายไป", "ฉันต้องการเปลี่ยนที่อยู่" },
        { "என் அட்டை தொலைந்துவிட்டது", "எனது வங்கி அட்டை காணவில்லை", "என் முகவரியை மாற்ற வேண்டும்" },
        { "ბარათი დავკარგე", "ჩემი საბანკო ბარათი დაიკარგა", "მინდა მისამართის შეცვლა" },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    public void In_a_script_that_the_model_only_spells_what_is_said_decides(string text, string paraphrase, string unrelated)
    {
        float alike = TensorPrimitives.Dot<float>(Generator.Embed(text), Generator.Embed(paraphrase));
        float chance = TensorPrimitives.Dot<float>(Generator.Embed(text), Generator.Embed(unrelated));

        Assert.InRange(alike, chance + 0.1f, 1f);
        Assert.InRange(chance, -0.25f, 0.25f);
    }

    [Theory]
    [InlineData("<b>lost</b> my <a>card</a>", "lost my card")]
    [InlineData("I can’t use my c&aacute;rd", "I can't use my card")]
    [InlineData("my [card](https://bank.example/1) is lost", "my card is lost")]
    [InlineData("Ｉ ｌｏｓｔ ｍｙ ｃａｒｄ", "I lost my card")]
    [InlineData("\u110f\u1161\u1103\u1173\u1105\u1173\u11af \u110b\u1175\u11b6\u110b\u1165\u1107\u1165\u1105\u1167\u11bb\u110b\u1165\u110b\u116d", "카드를 잃어버렸어요")]
    [InlineData("order 4821334417 is late", "order 9912733321 is late")]
    [InlineData("card lost😀 help", "card lost help")]
    public void What_differs_only_in_markup_form_or_number_has_the_same_vector(string text, string plain) =>
        Assert.Equal(Generator.Embed(plain), Generator.Embed(text));

    [Theory]
    [InlineData("😀👍🏽")]
    [InlineData("4111 1111 1111 1111 4821334417", "4111 1111 1111 1111")]
    [InlineData("https://bank.example/lost-card")]
    public void Pictures_links_and_long_numbers_stand_for_nothing(string text, string? rest = null) =>
        Assert.Equal(Generator.Embed(rest ?? ""), Generator.Embed(text));

    [Fact]
    public void A_vector_has_unit_length()
    {
        Assert.Equal(1f, TensorPrimitives.Norm<float>(Generator.Embed("where is my new card")), 1e-5f);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("\u0000\u200d")]
    public void A_text_without_a_token_is_the_zero_vector(string text)
    {
        Assert.All(Generator.Embed(text), component => Assert.Equal(0f, component));
    }

    [Fact]
    public async Task A_batch_keeps_its_order_and_equals_its_texts_one_by_one()
    {
        string[] texts = ["my card is lost", "", "weather in Lisbon?", "my card is lost"];

        var batch = await Generator.GenerateAsync(texts, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(texts.Select(text => Generator.Embed(text)), batch.Select(embedding => embedding.Vector.ToArray()));
    }

    [Fact]
    public void Many_threads_get_the_same_vectors()
    {
        float[] expected = Generator.Embed("the transfer has not arrived");

        Parallel.For(0, 2_000, _ => Assert.Equal(expected, Generator.Embed("the transfer has not arrived")));
    }

    [Fact]
    public void The_generator_names_its_model_and_dimension()
    {
        var metadata = Generator.GetService<EmbeddingGeneratorMetadata>();

        Assert.Equal("marketing-static-256@1", metadata?.DefaultModelId);
        Assert.Equal(256, metadata?.DefaultModelDimensions);
    }
}
