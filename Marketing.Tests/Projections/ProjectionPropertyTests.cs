using Marketing.Domain;
using Marketing.Projections.Consistency;
using Marketing.Tests.Contracts;
using Marketing.Tests.Crash;

namespace Marketing.Tests.Projections;

/// <summary>
/// After any mix of duplicates, reordering, restarts and crashes between any two steps, every projection equals a clean rebuild from
/// the log. Two processes share the stores; in each round, activities are interleaved by the seed, and each process may die before
/// any of its calls.
/// </summary>
public sealed class ProjectionPropertyTests
{
    private const int SeedsPerCase = 8;
    private const int Rounds = 10;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task After_any_mix_of_duplicates_reorderings_crashes_and_restarts_every_projection_equals_a_clean_rebuild(int block)
    {
        for (var seed = block * SeedsPerCase; seed < (block + 1) * SeedsPerCase; seed++)
        {
            await LiveAsync(seed);
        }
    }

    private static async Task LiveAsync(int seed)
    {
        await using var stores = new EmbeddedStores();
        var world = new RandomWorld(seed);
        SimulatedProcess[] processes = [Start(stores, world), Start(stores, world)];
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var process in processes.Where(_ => world.Chance(0.4)))
            {
                process.Crash.DieAfter(1 + world.Next(40));
            }

            var activities = Enumerable.Range(0, 1 + world.Next(4))
                .Select(_ => Activity(world, processes[world.Next(processes.Length)])).ToArray();
            await Interleaving.RunAsync((seed * 1_000) + round, activities);
            stores.Time.Advance(TimeSpan.FromSeconds(world.Next(90)));
            world.Now = stores.Time.GetUtcNow().AddMinutes(-5);

            var reopen = world.Chance(0.1);
            if (reopen)
            {
                await stores.ReopenAsync();
            }

            for (var i = 0; i < processes.Length; i++)
            {
                if (reopen || processes[i].Crash.Crashed)
                {
                    processes[i].Dispose();
                    processes[i] = Start(stores, world);
                }
            }
        }

        Array.ForEach(processes, process => process.Dispose());
        await SettleAsync(stores, seed);
        await StoreContent.AssertEqualsCleanRebuildAsync(stores, $"seed {seed}");
    }

    private static SimulatedProcess Start(EmbeddedStores stores, RandomWorld world) =>
        new(stores, batchSize: 1 + world.Next(30), keepChatText: TimeSpan.FromMinutes(3 + world.Next(20)));

    /// <summary>Returns one activity of the product, which ends if its process crashes.</summary>
    private static Func<Task> Activity(RandomWorld world, SimulatedProcess process)
    {
        Func<Task> activity = world.Next(16) switch
        {
            < 5 => Append(world.Batch(), process),
            < 10 => () => process.Projector.RunOnceAsync(CancellationToken.None),
            10 => Erase(world.User(), process),
            11 => () => process.Erasure.FinishAsync(TimeSpan.FromMinutes(2), CancellationToken.None),
            12 => () => process.Jobs.RunAsync("retention", CancellationToken.None),
            13 => Rebuild(process.Projections.Names[world.Next(3)], process),
            14 => () => process.Projections.CheckAsync(repair: true, CancellationToken.None),
            _ => Requeue(world.Ids(), process),
        };
        return async () =>
        {
            try
            {
                await activity();
            }
            catch (Exception) when (process.Crash.Crashed)
            {
                // No one is left to report to.
            }
        };
    }

    private static Func<Task> Append(Interaction[] batch, SimulatedProcess process) =>
        () => process.Log.AppendAsync(batch, CancellationToken.None);

    private static Func<Task> Erase(UserId userId, SimulatedProcess process) =>
        () => process.Erasure.EraseAsync(userId, CancellationToken.None);

    private static Func<Task> Rebuild(string name, SimulatedProcess process) =>
        () => process.Projections.RebuildAsync(name, CancellationToken.None);

    private static Func<Task> Requeue(EventId[] ids, SimulatedProcess process) =>
        () => process.Queue.RequeueAsync(ids, CancellationToken.None);

    /// <summary>Restarts without faults and runs until nothing is left to do.</summary>
    private static async Task SettleAsync(EmbeddedStores stores, int seed)
    {
        using var process = new SimulatedProcess(stores);
        stores.Time.Advance(TimeSpan.FromMinutes(5));
        await process.Erasure.ResumeAsync(CancellationToken.None);
        await process.LostVectors.RequeueAsync(CancellationToken.None);
        for (var i = 0; i < 10 && (i == 0 || (await stores.Queue.BacklogAsync(CancellationToken.None)).Pending > 0); i++)
        {
            // Poison becomes a dead letter only after the store has accepted something else.
            await stores.Log.AppendAsync([Sample.Chat($"settled-{i}")], CancellationToken.None);
            await process.DrainAsync();
            stores.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.True((await stores.Queue.BacklogAsync(CancellationToken.None)).Pending == 0, $"seed {seed}: still pending");
        await process.Erasure.FinishAsync(TimeSpan.FromMinutes(2), CancellationToken.None);
        Assert.Empty(await stores.PersonalData.UnfinishedErasuresAsync(CancellationToken.None));
        foreach (var report in await process.Projections.CheckAsync(repair: false, CancellationToken.None))
        {
            Assert.True(report.Orphaned == 0, $"seed {seed}: {report}");
            Assert.True(report.Consistent || report.Projection == ProjectionNames.Vectors, $"seed {seed}: {report}");
        }
    }
}
