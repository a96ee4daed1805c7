using Marketing.Domain;
using Marketing.Domain.Ports;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Api;

public sealed class FailureTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Secret = "my account number is 4711";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-ndjson")]
    public async Task While_the_log_is_down_nothing_is_acknowledged(string type)
    {
        await using var broken = server.WithWebHostBuilder(builder => builder.ConfigureTestServices(
            services => services.AddSingleton<IInteractionLog, LogThatIsDown>()));
        using var client = broken.CreateClient();
        var problem = await ApiServer.ReadProblemAsync(
            await ApiServer.PostAsync(client, $$"""{"userId":"u","type":"chat","text":"{{Secret}}"}""", type), 503);
        Assert.Contains("0 interactions are durable", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unexpected_failure_tells_a_trace_id_and_nothing_else()
    {
        await using var broken = server.WithWebHostBuilder(builder => builder.ConfigureTestServices(
            services => services.AddSingleton<IInteractionLog, LogThatIsDown>()));
        using var client = broken.CreateClient();
        var problem = await ApiServer.ReadProblemAsync(
            await client.GetAsync(new Uri("/users/u/interactions", UriKind.Relative), Cancellation), 500);
        Assert.NotEqual("", problem.GetProperty("traceId").GetString());
        Assert.DoesNotContain(Secret, problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(LogThatIsDown), problem.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Fails in ways that an embedded store cannot.</summary>
    private sealed class LogThatIsDown : IInteractionLog
    {
        public Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken) =>
            throw new InvalidOperationException(Secret);

        public IAsyncEnumerable<IReadOnlyList<Interaction>> ScanAsync(int batchSize, CancellationToken cancellationToken) =>
            AsyncEnumerable.Empty<IReadOnlyList<Interaction>>();

        public Task<Page<Interaction>> ReadUserAsync(UserId userId, string? cursor, int limit, CancellationToken cancellationToken) =>
            throw new InvalidOperationException(Secret);

        public Task<IReadOnlyList<Interaction>> FindAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Interaction>>([]);

        public Task<IReadOnlyList<CampaignEdge>> EdgesAsync(
            IReadOnlyCollection<(UserId UserId, CampaignId CampaignId)> pairs, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<CampaignEdge>>([]);

        public Task<LogStatistics> StatisticsAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new LogStatistics(0, new Dictionary<InteractionType, long>(), 0, 0));
    }
}
