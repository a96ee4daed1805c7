using System.Globalization;

namespace Marketing.Tests.Faults;

/// <summary>One fault in the middle of a load, and its effect on callers.</summary>
internal sealed class FaultRun(FaultWorld world, FaultServer server, FaultKind fault)
{
    private const int CleanReads = 20;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(150);

    /// <summary>Runs the fault, fails if a guarantee is broken, and returns the row of the table.</summary>
    public async Task<FaultRow> RunAsync(TimeSpan betweenWrites, CancellationToken cancellationToken)
    {
        await using var observer = world.Observe();
        await using var load = new Load($"{server.Kind.Connection}-{fault}", world.Api.Address, betweenWrites, world.Kafka);
        await Task.Delay(Quiet, cancellationToken);
        var began = load.Now;
        await server.SufferAsync(fault, Duration, cancellationToken);
        var (ended, endedAt) = (load.Now, DateTimeOffset.UtcNow);

        var queue = await WaitAsync("the queue moves again", load, async () =>
            await observer.OldestPendingAsync(cancellationToken) is not { } oldest || oldest > endedAt, cancellationToken) - ended;
        await WaitAsync("answers are whole again", load, () => Task.FromResult(LastAreGood(load)), cancellationToken);
        await load.StopAsync();
        await WaitAsync("everything acknowledged is in the log", load, async () =>
            (await observer.LostAsync(load.Acknowledged, cancellationToken)).Count == 0, cancellationToken);
        await WaitAsync("everything is projected", load, async () =>
            await observer.OldestPendingAsync(cancellationToken) is null, cancellationToken);

        Assert.False(world.AnyProcessEnded(), world.Said());
        Assert.Empty(await observer.DeadLettersAsync(cancellationToken));
        var consistency = await world.ConsistencyAsync(cancellationToken);
        Assert.True(consistency.GetProperty("consistent").GetBoolean(), consistency.ToString());
        return FaultRow.Of(server.Kind, fault, load, began, ended, queue);
    }

    private static bool LastAreGood(Load load) => load.Reads.TakeLast(CleanReads).All(read => read.IsGood);

    private async Task<TimeSpan> WaitAsync(string what, Load load, Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        var began = load.Now;
        while (!await condition())
        {
            Assert.True(load.Now - began < Limit, string.Create(CultureInfo.InvariantCulture, $"Not within {Limit.TotalSeconds} s: {what}.\n{world.Said()}"));
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        return load.Now;
    }
}
