using System.Net.Http.Json;
using System.Text.Json;
using Marketing.Tests.Api;
using Marketing.Tests.Servers;
using Microsoft.AspNetCore.Hosting;

namespace Marketing.Tests.Startup;

/// <summary>Any combination of servers and embedded stores starts, ingests an interaction and answers.</summary>
[Collection(nameof(RealServers))]
public sealed class CombinationTests(RealServers servers)
{
    private static readonly ServerKind[] Kinds =
        [ServerKind.MongoJavaServer, ServerKind.Neo4j, ServerKind.Milvus, ServerKind.Redis, ServerKind.BigQuery];

    /// <summary>Every subset of stores; Kafka, which is independent of them, with none and with all.</summary>
    public static TheoryData<string> Subsets()
    {
        var subsets = new TheoryData<string>();
        for (var bits = 0; bits < 1 << Kinds.Length; bits++)
        {
            subsets.Add(string.Join(' ', Kinds.Where((_, i) => (bits & (1 << i)) != 0).Select(kind => kind.Connection)));
        }

        subsets.Add("kafka");
        subsets.Add(string.Join(' ', Kinds.Append(ServerKind.Kafka).Select(kind => kind.Connection)));
        return subsets;
    }

    [Theory]
    [MemberData(nameof(Subsets))]
    public async Task Every_combination_starts_takes_in_and_answers(string configured)
    {
        var names = configured.Split(' ');
        var settings = await servers.StartAsync([.. Kinds.Append(ServerKind.Kafka).Where(kind => names.Contains(kind.Connection))]);
        await using var api = new ApiOn(settings);
        using var client = api.CreateClient();
        var user = $"u-{Guid.NewGuid():N}";

        var body = $$"""{"eventId":"{{Guid.NewGuid():N}}","userId":"{{user}}","type":"chat","text":"my card was declined abroad"}""";
        using var taken = await ApiServer.PostAsync(client, body);
        await ApiServer.ReadAsync(taken, 200);
        var answer = await client.GetFromJsonAsync<JsonElement>($"/recommendations/{user}", TestContext.Current.CancellationToken);
        Assert.Equal(user, answer.GetProperty("userId").GetString());
    }

    private sealed class ApiOn(Dictionary<string, string> settings) : ApiServer
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            foreach (var (name, value) in settings)
            {
                builder.UseSetting(name, value);
            }
        }
    }
}
