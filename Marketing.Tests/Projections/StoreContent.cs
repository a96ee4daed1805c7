using Marketing.Recommender.Ports;
using Marketing.Recommender.Projections;
using Marketing.Tests.Contracts;

namespace Marketing.Tests.Projections;

/// <summary>Everything that the projections hold, as sorted lines that can be compared.</summary>
internal static class StoreContent
{
    private const int BatchSize = 100;

    /// <summary>Asserts that each projection holds exactly what a clean rebuild from the log makes, in fresh stores.</summary>
    public static async Task AssertEqualsCleanRebuildAsync(EmbeddedStores stores, string because)
    {
        await using var fresh = stores.Fresh();
        IProjection[] projections =
        [
            new VectorProjection(stores.Log, stores.Queue, fresh.Index, stores.Embeddings, stores.Time),
            new GraphProjection(stores.Log, stores.Queue, fresh.Graph, stores.Time),
            new EngagementProjection(stores.Log, stores.Queue, fresh.Engagement, stores.Time),
        ];
        foreach (var projection in projections)
        {
            await projection.RebuildAsync(CancellationToken.None);
        }

        var expected = await ReadAsync(fresh);
        var actual = await ReadAsync(stores);
        Assert.True(
            expected.SequenceEqual(actual),
            $"{because}\nmissing:\n{string.Join('\n', expected.Except(actual))}\nnot in the log:\n{string.Join('\n', actual.Except(expected))}");
    }

    public static async Task<List<string>> ReadAsync(EmbeddedStores stores)
    {
        var lines = new List<string>();
        var messages = await Sample.AllAsync(stores.Index.ScanAsync(BatchSize, CancellationToken.None));
        foreach (var userId in messages.Select(message => message.UserId).Distinct())
        {
            var latest = await stores.Index.LatestAsync(userId, int.MaxValue, CancellationToken.None);
            lines.AddRange(latest.Select(Describe));
        }

        lines.AddRange(messages.Select(message => $"indexed {message.Id} of {message.UserId}"));
        lines.Add($"indexed {await stores.Index.CountAsync(CancellationToken.None)}");

        var edges = await Sample.AllAsync(stores.Graph.ScanAsync(BatchSize, CancellationToken.None));
        lines.AddRange(edges.Select(Sample.Describe));
        lines.Add($"edges {await stores.Graph.CountAsync(CancellationToken.None)}");

        var facts = await Sample.AllAsync(stores.Engagement.ScanAsync(BatchSize, CancellationToken.None));
        lines.AddRange(facts.Select(id => $"fact {id}"));
        lines.AddRange((await stores.Engagement.CountsAsync(null, CancellationToken.None)).Select(count => $"total {count}"));
        var days = await stores.Engagement.DailyAsync(null, DateOnly.MinValue, CancellationToken.None);
        lines.AddRange(days.Where(day => day.Count.Total > 0).Select(day => $"day {day}"));
        lines.Add($"facts {await stores.Engagement.CountAsync(CancellationToken.None)}");
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Describe(MessageVector message) =>
        $"vector {message.Id} {message.UserId} {message.CampaignId} {message.OccurredAt:O} {string.Join(' ', message.Terms.ToArray())}";
}
