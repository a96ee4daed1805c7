using System.Text.Json;
using Marketing.Domain.Ports;
using Marketing.Tests.Recommendations;
using Marketing.Tests.Servers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Api;

public sealed class ErasureApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private readonly HttpClient _client = server.CreateClient();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_that_erase_different_users_at_once_are_all_served_and_leave_nothing()
    {
        const int Users = 60;
        for (var user = 0; user < Users; user++)
        {
            await server.TakeInAsync(_client, $$"""
                [{"userId":"many-{{user}}","type":"chat","text":"my card was declined"},
                 {"userId":"many-{{user}}","type":"click","campaignId":"many","occurredAt":"2026-01-01T00:00:00Z"}]
                """);
        }

        var clients = Enumerable.Range(0, 6).Select(_ => server.CreateClient()).ToArray();
        var answers = await Task.WhenAll(Enumerable.Range(0, Users).Select(user => Task.Run(
            () => clients[user % clients.Length].DeleteAsync(new Uri($"/users/many-{user}", UriKind.Relative), Cancel), Cancel)));
        foreach (var answer in answers)
        {
            var report = await ApiServer.ReadAsync(answer, 200);
            Assert.Equal(2, report.GetProperty("interactions").GetInt64());
            Assert.Empty(report.GetProperty("remaining").EnumerateArray());
        }

        for (var user = 0; user < Users; user++)
        {
            await ApiServer.ReadProblemAsync(await _client.GetAsync(new Uri($"/users/many-{user}/export", UriKind.Relative), Cancel), 404);
            Assert.Empty(await server.Services.GetRequiredService<IVectorIndex>().LatestAsync(new($"many-{user}"), 5, Cancel));
        }
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-ndjson")]
    public async Task What_an_erased_person_had_sent_is_refused_and_what_they_do_now_is_accepted(string type)
    {
        var user = $"erased-{type.Length}";
        var old = $$"""{"userId":"{{user}}","type":"chat","text":"hello","occurredAt":"2026-01-01T00:00:00Z"}""";
        var untimed = $$"""{"eventId":"{{user}}","userId":"{{user}}","type":"chat","text":"hello again"}""";
        await ApiServer.ReadAsync(await ApiServer.PostAsync(_client, old, type), 200);
        await ApiServer.ReadAsync(await ApiServer.PostAsync(_client, untimed, type), 200);
        await ApiServer.ReadAsync(await _client.DeleteAsync(new Uri($"/users/{user}", UriKind.Relative), Cancel), 200);

        foreach (var again in new[] { old, untimed })
        {
            var refused = await ApiServer.ReadAsync(await ApiServer.PostAsync(_client, again, type), 200);
            Assert.Equal((0, 1), (refused.GetProperty("accepted").GetInt64(), refused.GetProperty("erased").GetInt64()));
        }

        await ApiServer.ReadProblemAsync(await _client.GetAsync(new Uri($"/users/{user}", UriKind.Relative), Cancel), 404);
        var back = await ApiServer.ReadAsync(
            await ApiServer.PostAsync(_client, $$"""{"userId":"{{user}}","type":"chat","text":"hello again"}""", type), 200);
        Assert.Equal(1, back.GetProperty("accepted").GetInt64());
    }

    [Fact]
    public async Task An_export_has_the_dead_letters_that_concern_the_person_and_an_erasure_removes_them()
    {
        await server.Services.GetRequiredService<IDeadLetters>().AddAsync(
            [new DeadLetter("exported", "file:a.csv", "line 1: no JSON", DateTimeOffset.UnixEpoch, null, null, "userId=lettered;text=hello")], Cancel);
        var address = new Uri("/users/lettered/export", UriKind.Relative);
        var export = await ApiServer.ReadAsync(await _client.GetAsync(address, Cancel), 200);
        Assert.Equal("userId=lettered;text=hello", Assert.Single(export.GetProperty("deadLetters").EnumerateArray()).GetProperty("payload").GetString());
        await ApiServer.ReadAsync(await _client.DeleteAsync(new Uri("/users/lettered", UriKind.Relative), Cancel), 200);
        await ApiServer.ReadProblemAsync(await _client.GetAsync(address, Cancel), 404);
    }

    [Fact]
    public async Task A_step_that_fails_holds_up_no_other_and_is_tried_again_in_the_background()
    {
        var health = Health.Well;
        await using var failing = server.WithWebHostBuilder(builder =>
        {
            builder.UseSetting("Storage:DataDirectory", Directory.CreateTempSubdirectory("marketing-erasure-").FullName);
            builder.UseSetting("Projector:HousekeepingInterval", "00:00:00.1");
            builder.ConfigureTestServices(services => Unreliable.Decorate<IInteractionGraph>(services, () => health));
        });
        using var client = failing.CreateClient();
        const string Body = """
            [{"userId":"left","type":"chat","text":"my card was declined"},
             {"userId":"left","type":"click","campaignId":"c","occurredAt":"2026-01-01T00:00:00Z"}]
            """;
        await ApiServer.ReadAsync(await ApiServer.PostAsync(client, Body), 200);
        var queue = failing.Services.GetRequiredService<IInteractionQueue>();
        await Eventually.TrueAsync("all is projected", async () => (await queue.BacklogAsync(Cancel)).Pending == 0);
        health = Health.Throws;

        var report = await ApiServer.ReadAsync(await client.DeleteAsync(new Uri("/users/left", UriKind.Relative), Cancel), 202);

        Assert.Equal(["graph"], Names(report, "remaining"));
        Assert.Equal(["attributes", "cache", "deadLetters", "engagement", "log", "vectors"], Names(report, "done").Order(StringComparer.Ordinal));
        Assert.Empty(await failing.Services.GetRequiredService<IVectorIndex>().LatestAsync(new("left"), 5, Cancel));
        health = Health.Well;
        var graph = failing.Services.GetRequiredService<IInteractionGraph>();
        await Eventually.TrueAsync("the graph has forgotten", async () => await graph.CountAsync(Cancel) == 0);
    }

    private static IEnumerable<string?> Names(JsonElement report, string member) =>
        report.GetProperty(member).EnumerateArray().Select(name => name.GetString());
}
