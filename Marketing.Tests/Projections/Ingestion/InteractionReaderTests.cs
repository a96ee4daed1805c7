using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Marketing.Domain;
using Marketing.Projections.Ingestion;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Projections.Ingestion;

public sealed class InteractionReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Now);

    [Fact]
    public void Every_field_is_read_as_it_came()
    {
        var interaction = Accept("""
            { "eventId": "e-1", "userId": "u-1", "type": "chat", "campaignId": "c-9", "text": "my card \u00e9 \ud83d\ude00",
              "occurredAt": "2026-11-23T11:00:00.1239+01:00", "properties": { "channel" : "app", "n":[1, {"x":null}] } }
            """);

        Assert.Equal(new Interaction(
            new EventId("e-1"), new UserId("u-1"), InteractionType.Chat, new CampaignId("c-9"), "my card é 😀",
            new DateTimeOffset(2026, 11, 23, 10, 0, 0, 123, TimeSpan.Zero),
            """{ "channel" : "app", "n":[1, {"x":null}] }"""), interaction);
    }

    [Theory]
    [InlineData("VIEW", InteractionType.View)]
    [InlineData("Click", InteractionType.Click)]
    [InlineData("convert", InteractionType.Convert)]
    [InlineData("dismiss", InteractionType.Dismiss)]
    public void A_type_is_understood_whatever_its_case(string type, InteractionType expected) =>
        Assert.Equal(expected, Accept($$"""{"userId":"u","type":"{{type}}","campaignId":"c"}""").Type);

    [Fact]
    public void A_null_field_is_an_absent_field()
    {
        var interaction = Accept("""{"eventId":null,"userId":"u","type":"chat","campaignId":null,"text":"hi","occurredAt":null,"properties":null}""");
        Assert.Null(interaction.CampaignId);
        Assert.Null(interaction.Properties);
        Assert.Equal(Now, interaction.OccurredAt);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("null", "")]
    [InlineData("[]", "")]
    [InlineData("7", "")]
    [InlineData("{", "")]
    [InlineData("{\"userId\":\"u\",}", "")]
    [InlineData("""{"userId":"u","type":"chat","text":"hi"} {}""", "")]
    [InlineData("""{"userId":"u","type":"chat","text":"hi"}}""", "")]
    [InlineData("""{"type":"chat","text":"hi"}""", "userId")]
    [InlineData("""{"userId":"","type":"chat","text":"hi"}""", "userId")]
    [InlineData("""{"userId":7,"type":"chat","text":"hi"}""", "userId")]
    [InlineData("""{"userId":{"a":[1]},"type":"chat","text":"hi"}""", "userId")]
    [InlineData("""{"userId":"a\u0007","type":"chat","text":"hi"}""", "userId")]
    [InlineData("""{"userId":"\ud800","type":"chat","text":"hi"}""", "userId")]
    [InlineData("""{"eventId":"a\nb","userId":"u","type":"chat","text":"hi"}""", "eventId")]
    [InlineData("""{"userId":"u","text":"hi"}""", "type")]
    [InlineData("""{"userId":"u","type":"like","text":"hi"}""", "type")]
    [InlineData("""{"userId":"u","type":["chat"],"text":"hi"}""", "type")]
    [InlineData("""{"userId":"u","type":"chat"}""", "text")]
    [InlineData("""{"userId":"u","type":"chat","text":""}""", "text")]
    [InlineData("""{"userId":"u","type":"chat","text":" \n "}""", "text")]
    [InlineData("""{"userId":"u","type":"chat","text":"a\u0000"}""", "text")]
    [InlineData("""{"userId":"u","type":"chat","text":"half \udc00 a pair"}""", "text")]
    [InlineData("""{"userId":"u","type":"view","campaignId":"c","text":"hi"}""", "text")]
    [InlineData("""{"userId":"u","type":"view"}""", "campaignId")]
    [InlineData("""{"userId":"u","type":"chat","text":"hi","occurredAt":"2026-11-23"}""", "occurredAt")]
    [InlineData("""{"userId":"u","type":"chat","text":"hi","occurredAt":"2026-11-23T10:00:00"}""", "occurredAt")]
    [InlineData("""{"userId":"u","type":"chat","text":"hi","occurredAt":"2026-02-30T10:00:00Z"}""", "occurredAt")]
    [InlineData("""{"userId":"u","type":"chat","text":"hi","occurredAt":"NaN"}""", "occurredAt")]
    [InlineData("""{"userId":"u","type":"chat","text":"hi","occurredAt":1764000000000}""", "occurredAt")]
    [InlineData("""{"userId":"u","type":"chat","text":"hi","occurredAt":"1969-12-31T23:59:59Z"}""", "occurredAt")]
    [InlineData("""{"userId":"u","type":"chat","text":"hi","occurredAt":"2026-11-23T12:05:01Z"}""", "occurredAt")]
    [InlineData("""{"userId":"u","type":"chat","text":"hi","properties":[]}""", "properties")]
    [InlineData("""{"userId":"u","type":"chat","text":"hi","properties":{"a":[[[[[[[[1]]]]]]]]}}""", "properties")]
    [InlineData("""{"userId":"u","type":"chat","text":"hi","properties":{"a":"\ud800"}}""", "properties")]
    [InlineData("""{"userId":"u","userId":"v","type":"chat","text":"hi"}""", "userId")]
    [InlineData("""{"userId":"u","type":"chat","text":"hi","channel":{"x":1}}""", "channel")]
    public void What_is_wrong_is_refused_by_the_name_of_its_field(string json, string field) =>
        Assert.Equal(field, Refuse(json).Field);

    [Fact]
    public void What_is_no_Utf8_is_refused()
    {
        byte[] json = [.. """{"userId":"u","type":"chat","text":" """u8, 0xC3, 0x28, .. "\"}"u8];
        Assert.False(Reader().TryRead(json, out _, out var error));
        Assert.Contains("UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_never_quotes_the_text()
    {
        var error = Refuse("""{"userId":"u","type":"chat","text":"secret" secret}""");
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Going_over_a_limit_names_the_limit()
    {
        var limits = new InteractionLimits { MaxInteractionBytes = 512, MaxTextLength = 10, MaxPropertiesBytes = 16 };
        Assert.Contains("MaxInteractionBytes", Refuse(Chat(new string('a', 600)), limits).Message, StringComparison.Ordinal);
        Assert.Contains("MaxTextLength", Refuse(Chat(new string('a', 11)), limits).Message, StringComparison.Ordinal);
        Assert.Contains("MaxPropertiesBytes", Refuse(
            """{"userId":"u","type":"chat","text":"hi","properties":{"a":"0123456789"}}""", limits).Message, StringComparison.Ordinal);
        Accept(Chat(new string('a', 10)), limits);
    }

    [Fact]
    public void The_same_content_without_an_id_is_the_same_interaction_and_any_difference_makes_another()
    {
        string[] different =
        [
            """{"userId":"u","type":"chat","text":"hi","occurredAt":"2026-11-23T10:00:00Z"}""",
            """{"userId":"v","type":"chat","text":"hi","occurredAt":"2026-11-23T10:00:00Z"}""",
            """{"userId":"u","type":"chat","text":"ho","occurredAt":"2026-11-23T10:00:00Z"}""",
            """{"userId":"u","type":"chat","text":"hi","occurredAt":"2026-11-23T10:00:00.001Z"}""",
            """{"userId":"u","type":"chat","text":"hi","campaignId":"c","occurredAt":"2026-11-23T10:00:00Z"}""",
            """{"userId":"u","type":"chat","text":"hi","properties":{},"occurredAt":"2026-11-23T10:00:00Z"}""",
            """{"userId":"u","type":"view","campaignId":"c","occurredAt":"2026-11-23T10:00:00Z"}""",
            """{"userId":"u","type":"click","campaignId":"c","occurredAt":"2026-11-23T10:00:00Z"}""",
            """{"userId":"uc","type":"click","campaignId":"c","occurredAt":"2026-11-23T10:00:00Z"}""",
            """{"userId":"u","type":"click","campaignId":"cc","occurredAt":"2026-11-23T10:00:00Z"}""",
            """{"userId":"u","type":"chat","text":"hi"}""",
        ];

        var ids = different.Select(json => Accept(json).Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(ids, different.Select(json => Accept(json).Id));
        Assert.Equal(ids[0], Accept("""{"occurredAt":"2026-11-23T11:00:00+01:00","text":"h\u0069","type":"CHAT","userId":"u"}""").Id);
    }

    [Fact]
    public void Without_a_time_a_chat_that_is_repeated_within_seconds_is_the_same_and_later_another()
    {
        const string Json = """{"userId":"u","type":"chat","text":"hi"}""";
        var first = Accept(Json);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(first.Id, Accept(Json).Id);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.NotEqual(first.Id, Accept(Json).Id);
    }

    [Theory]
    [InlineData("view")]
    [InlineData("click")]
    [InlineData("convert")]
    [InlineData("dismiss")]
    public void Without_a_time_and_an_id_everything_else_is_an_event_of_its_own(string type)
    {
        var json = $$"""{"userId":"u","type":"{{type}}","campaignId":"c"}""";
        Assert.NotEqual(Accept(json).Id, Accept(json).Id);
        Assert.Equal(Accept(json).OccurredAt, _time.GetUtcNow());
    }

    [Theory]
    [InlineData("""{"userId":"u","type":"view","campaignId":"c"}""")]
    [InlineData("""{"userId":"u","type":"chat","text":"hi"}""")]
    public void Without_a_time_what_is_read_from_one_place_again_is_the_same(string json)
    {
        var first = At("a.csv:7");
        _time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(first, At("a.csv:7"));
        Assert.NotEqual(first, At("a.csv:8"));
        EventId At(string place) => Reader().TryRead(Encoding.UTF8.GetBytes(json), out var read, out _, place) ? read.Id : default;
    }

    [Theory]
    [InlineData("""{"eventId":"e","userId":"u \"x\"","type":"chat","text":"<b>é😀\u0001","occurredAt":"2026-11-23T10:00:00.5Z","properties":{"a": 1.0}}""")]
    [InlineData("""{"userId":"u","type":"dismiss","campaignId":"c","occurredAt":"1970-01-01T00:00:00Z"}""")]
    public void What_is_written_reads_back_the_same(string json)
    {
        var interaction = Accept(json);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            InteractionWriter.Write(writer, interaction);
        }

        Assert.Equal(interaction, Accept(Encoding.UTF8.GetString(buffer.WrittenSpan)));
    }

    private static string Chat(string text) => $$"""{"userId":"u","type":"chat","text":"{{text}}"}""";

    private InteractionReader Reader(InteractionLimits? limits = null) => new(limits ?? new InteractionLimits(), _time);

    private Interaction Accept([StringSyntax("json")] string json, InteractionLimits? limits = null)
    {
        var read = Reader(limits).TryRead(Encoding.UTF8.GetBytes(json), out var interaction, out var error);
        Assert.True(read, error?.Message);
        return interaction!;
    }

    private FieldError Refuse([StringSyntax("json")] string json, InteractionLimits? limits = null)
    {
        Assert.False(Reader(limits).TryRead(Encoding.UTF8.GetBytes(json), out _, out var error), "It was accepted.");
        Assert.StartsWith(error.Field.Length > 0 ? error.Field : "The interaction", error.Message, StringComparison.Ordinal);
        return error;
    }
}
