using Marketing.Domain;
using Marketing.Domain.Ports;
using Microsoft.Extensions.DependencyInjection;
using static Marketing.Benchmarks.Log.LogCommand;

namespace Marketing.Benchmarks.Log;

/// <summary>Measures each port of the embedded stores separately, with sequential calls.</summary>
internal sealed class StoreRuns(IServiceProvider services, Interaction[] world, int batch)
{
    private const int Reads = 20_000;
    private const int Singles = 20_000;

    private readonly IInteractionLog _log = services.GetRequiredService<IInteractionLog>();
    private readonly IInteractionQueue _queue = services.GetRequiredService<IInteractionQueue>();

    public async Task WriteAsync()
    {
        await TimeAsync("log: append", world.Length, async () =>
        {
            foreach (var chunk in world.Chunk(batch))
            {
                await _log.AppendAsync(chunk, default);
            }
        });
        await TimeAsync("log: append again, all duplicates", world.Length, async () =>
        {
            foreach (var chunk in world.Chunk(batch))
            {
                await _log.AppendAsync(chunk, default);
            }
        });
        await TimeAsync("log: claim and complete", world.Length, DrainAsync);
        await TimeAsync("log: edges of the touched pairs", world.Length, () => EachChunkAsync(chunk => _log.EdgesAsync(Pairs(chunk), default)));
        var graph = services.GetRequiredService<IInteractionGraph>();
        await TimeAsync("log edges and graph: upsert", world.Length, () => EachChunkAsync(async chunk =>
            await graph.UpsertAsync(await _log.EdgesAsync(Pairs(chunk), default), default)));
        var engagement = services.GetRequiredService<IEngagementStore>();
        await TimeAsync("engagement: record", world.Length, () => EachChunkAsync(chunk => engagement.RecordAsync(
            [.. chunk.Where(i => i.CampaignId is not null).Select(i => new EngagementFact(i.Id, i.UserId, i.CampaignId!.Value, i.Type, i.OccurredAt))], default)));
        await TimeAsync("log: single appends, 64 at a time", Singles, () => Parallel.ForEachAsync(
            World.Make(Singles, 1000, 100, seed: 2),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (interaction, cancel) => await _log.AppendAsync([interaction], cancel)));
    }

    public async Task ReadAsync()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        IInteractionGraph? graph = null;
        Time("graph: load, per user", world.Select(i => i.UserId).Distinct().Count(), () => graph = services.GetRequiredService<IInteractionGraph>());
        long edges = await graph!.CountAsync(default);
        Console.WriteLine($"  {edges:N0} edges in {(GC.GetTotalMemory(forceFullCollection: true) - before) / (double)edges:N1} bytes each, ids and user table included");
        var users = world.Take(Reads).Select(i => i.UserId).ToArray();
        await TimeAsync("graph: edges of 5 users", Reads / 5, () => EachAsync(users.Chunk(5), u => graph.EdgesAsync(u, 20, default).AsTask()));
        await TimeAsync("graph: edges of 50 users", Reads / 50, () => EachAsync(users.Chunk(50), u => graph.EdgesAsync(u, 20, default).AsTask()));
        var catalog = services.GetRequiredService<ICatalog>();
        await TimeAsync("catalog: profile", Reads, () => EachAsync(users, u => catalog.FindUserAsync(u, default).AsTask()));
        await TimeAsync("log: 20 newest of a user", Reads, () => EachAsync(users, u => _log.ReadUserAsync(u, null, 20, default)));
        await TimeAsync("log: statistics", Reads, () => EachAsync(users, _ => _log.StatisticsAsync(default)));
        var engagement = services.GetRequiredService<IEngagementStore>();
        var week = world[^1].OccurredAt.AddDays(-7);
        await TimeAsync("engagement: first count of a week", 1, () => engagement.CountsAsync(week, default));
        await TimeAsync("engagement: counts of a week", Reads, () => EachAsync(users, _ => engagement.CountsAsync(week, default)));
        await TimeAsync("log: scan", world.Length, async () =>
        {
            await foreach (var _ in _log.ScanAsync(batch, default))
            {
            }
        });
    }

    private static (UserId, CampaignId)[] Pairs(Interaction[] chunk) =>
        [.. chunk.Where(i => i.CampaignId is not null).Select(i => (i.UserId, i.CampaignId!.Value)).Distinct()];

    private static async Task EachAsync<T>(IEnumerable<T> items, Func<T, Task> action)
    {
        foreach (var item in items)
        {
            await action(item);
        }
    }

    private Task EachChunkAsync(Func<Interaction[], Task> action) => EachAsync(world.Chunk(batch), action);

    private async Task DrainAsync()
    {
        while (await _queue.ClaimAsync(batch, TimeSpan.FromMinutes(1), default) is { Count: > 0 } claimed)
        {
            await _queue.CompleteAsync([.. claimed.Select(p => p.Interaction.Id)], default);
        }
    }
}
