using System.Globalization;
using System.Text;
using System.Text.Json;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Api;

/// <summary>An id in a URL addresses exactly itself, tested on a real socket with the raw request line.</summary>
public sealed class ExactAddressTests(SocketServer server) : IClassFixture<SocketServer>
{
    private static readonly string[] Awkward =
    [
        "a/b", "a%2Fb", "a%252Fb", "a%2fb", "%2F", "%25", "%", "%%", "%zz", "100%", "a+b", "a b", "a;b", "a;v=1", "a?b", "a?limit=3", "a#b", "a&b=c",
        "a.", "...", "a..", "..a", "a/../b", "../a", "a/.", "/", "//", "a//b", "/a", "a/", "\\", "a\\b", "..\\a", "~", "*", "a:b", "http://x/y", "@",
        "é", "e\u0301", "ÅNGSTRÖM", "ångström", "日本語", "🙂", "👩‍👩‍👧", "\u202Ea", "a\u00A0b", "\uE000", "\U000F0000", "\uFFFD", "İ", "ß", "SS",
        "interactions", "export", "similar", "a/export", "a%2Fexport", "{userId}", "[x]", "\"q\"", "'q'", "<b>", "|", "^", "`", "=", ",", "a\u00ADb",
    ];

    [Fact]
    public async Task Every_id_that_can_be_posted_addresses_exactly_itself()
    {
        var ids = Awkward.Concat(RandomIds(new Random(20261127), 120)).Distinct(StringComparer.Ordinal).ToList();
        foreach (var id in ids)
        {
            Assert.Null(new IdPolicy(new InteractionLimits()).CheckUser("userId", id));
            var path = $"/users/{RawRequest.Encode(id)}";
            Assert.Equal(201, (await PutAsync(path, new { attributes = new Dictionary<string, string> { ["segment"] = Marker(id) } })).Status);
        }

        foreach (var id in ids)
        {
            var user = (await SendAsync("GET", $"/users/{RawRequest.Encode(id)}")).Json;
            Assert.Equal((id, Marker(id)), (user.GetProperty("userId").GetString(), user.GetProperty("attributes").GetProperty("segment").GetString()));
            Assert.Equal(id, (await SendAsync("GET", $"/users/{RawRequest.Encode(id)}/export")).Json.GetProperty("userId").GetString());
            Assert.Equal(id, (await SendAsync("GET", $"/recommendations/{RawRequest.Encode(id)}")).Json.GetProperty("userId").GetString());
        }

        // Each erasure removes only the user it names.
        for (var i = 0; i < ids.Count; i++)
        {
            Assert.Equal(200, (await SendAsync("DELETE", $"/users/{RawRequest.Encode(ids[i])}")).Status);
            Assert.Equal(404, (await SendAsync("GET", $"/users/{RawRequest.Encode(ids[i])}")).Status);
            var next = ids[(i + 1) % ids.Count];
            Assert.Equal(i + 1 < ids.Count ? 200 : 404, (await SendAsync("GET", $"/users/{RawRequest.Encode(next)}")).Status);
        }
    }

    [Fact]
    public async Task Every_campaign_and_its_place_in_the_list_is_exactly_itself()
    {
        var ids = Awkward.Concat(RandomIds(new Random(7), 20)).Distinct(StringComparer.Ordinal).ToList();
        foreach (var id in ids)
        {
            var put = await PutAsync($"/campaigns/{RawRequest.Encode(id)}", new { name = Marker(id) });
            Assert.Equal(201, put.Status);
            Assert.Equal(id, (await SendAsync("GET", put.Headers["Location"])).Json.GetProperty("campaignId").GetString());
        }

        List<string> listed = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await SendAsync("GET", $"/campaigns?limit=1&cursor={cursor}")).Json;
            var item = page.GetProperty("items")[0];
            listed.Add(item.GetProperty("campaignId").GetString()!);
            Assert.Equal(Marker(listed[^1]), item.GetProperty("name").GetString());
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), listed);
        foreach (var id in ids)
        {
            Assert.Equal(204, (await SendAsync("DELETE", $"/campaigns/{RawRequest.Encode(id)}")).Status);
        }
    }

    [Fact]
    public async Task A_dead_letter_is_given_up_by_its_own_id_only()
    {
        var letters = server.Services.GetRequiredService<IDeadLetters>();
        string[] ids = ["file/1", "file%2F1", "file%252F1", "..", ".", "a+b", "a b"];
        await letters.AddAsync(
            [.. ids.Select(id => new DeadLetter(id, "kafka", "broken", DateTimeOffset.UnixEpoch, null, null, "{}"))], TestContext.Current.CancellationToken);
        foreach (var id in ids)
        {
            Assert.Equal(204, (await SendAsync("DELETE", $"/admin/dead-letters/{RawRequest.Encode(id)}")).Status);
            Assert.Equal(404, (await SendAsync("DELETE", $"/admin/dead-letters/{RawRequest.Encode(id)}")).Status);
        }
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("null")]
    [InlineData(" padded ")]
    public async Task What_was_taken_in_before_it_was_refused_can_be_exported_and_erased(string id)
    {
        var log = server.Services.GetRequiredService<IInteractionLog>();
        await log.AppendAsync(
            [new Interaction(new EventId($"old-{id}"), new UserId(id), InteractionType.Chat, null, "an old one", DateTimeOffset.UnixEpoch, null)],
            TestContext.Current.CancellationToken);
        var path = $"/users/{RawRequest.Encode(id)}";
        Assert.Equal("an old one", (await SendAsync("GET", $"{path}/export")).Json.GetProperty("interactions")[0].GetProperty("text").GetString());
        Assert.Equal(1, (await SendAsync("DELETE", path)).Json.GetProperty("interactions").GetInt64());
        Assert.Equal(404, (await SendAsync("GET", $"{path}/export")).Status);
        Assert.Equal(400, (await PutAsync(path, new { attributes = new { } })).Status);
    }

    [Theory]
    [InlineData("/users/%")]
    [InlineData("/users/%4")]
    [InlineData("/users/%zz")]
    [InlineData("/users/%FF")]
    [InlineData("/users/%C3%28")]
    [InlineData("/users/%ED%A0%80")]
    public async Task A_path_that_is_not_percent_encoded_UTF_8_is_refused(string target)
    {
        var answer = await SendAsync("GET", target);
        Assert.Equal(400, answer.Status);
        Assert.Contains("percent-encoded", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/users/%00", 400)]
    [InlineData("/users/%0A", 400)]
    [InlineData("/users/..", 404)]
    [InlineData("/users/../admin/consistency", 404)]
    [InlineData("/x/../admin/consistency", 404)]
    [InlineData("/users//export", 404)]
    [InlineData("//users/nobody", 404)]
    [InlineData("/USERS/nobody", 404)]
    [InlineData("/%75sers/nobody/similar", 200)]
    [InlineData("http://localhost/users/nobody/similar?limit=1", 200)]
    public async Task Other_paths_lead_where_they_say(string target, int status) =>
        Assert.Equal(status, (await SendAsync("GET", target)).Status);

    private static string Marker(string id) => $"m-{Convert.ToHexString(Encoding.UTF8.GetBytes(id))}"[..Math.Min(100, 2 + (2 * Encoding.UTF8.GetByteCount(id)))];

    /// <summary>Random valid ids, with a preference for characters that are special in URLs.</summary>
    private static IEnumerable<string> RandomIds(Random random, int count)
    {
        const string Special = "%/.+;?#&=\\:@ ~25F2f";
        var policy = new IdPolicy(new InteractionLimits());
        for (var made = 0; made < count;)
        {
            var id = new StringBuilder();
            for (var length = random.Next(1, 20); length > 0; length--)
            {
                id.Append(random.Next(3) > 0
                    ? Special[random.Next(Special.Length)].ToString(CultureInfo.InvariantCulture)
                    : Rune.TryCreate(random.Next(0x20, 0x110000), out var rune) ? rune.ToString() : "x");
            }

            if (policy.CheckUser("userId", id.ToString()) is null)
            {
                made++;
                yield return id.ToString();
            }
        }
    }

    private Task<RawResponse> SendAsync(string method, string target) => RawRequest.SendAsync(server.Address, method, target);

    private Task<RawResponse> PutAsync(string target, object body) =>
        RawRequest.SendJsonAsync(server.Address, "PUT", target, JsonSerializer.Serialize(body));
}
