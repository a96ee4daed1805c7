using Marketing.Projections.Workers;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Projections;

public sealed class PendingSignalTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_notification_wakes_who_waits()
    {
        var signal = new PendingSignal(_time);
        var waiting = signal.WaitAsync(TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        signal.Notify();

        Assert.True(await waiting);
    }

    [Fact]
    public async Task A_notification_before_the_wait_is_not_lost()
    {
        var signal = new PendingSignal(_time);
        signal.Notify();
        signal.Notify();

        Assert.True(await signal.WaitAsync(TimeSpan.FromHours(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_notification_the_wait_ends_when_its_time_is_up()
    {
        var signal = new PendingSignal(_time);
        var waiting = signal.WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(await waiting);
    }

    [Fact]
    public async Task A_canceled_wait_says_so()
    {
        var signal = new PendingSignal(_time);
        using var cancellation = new CancellationTokenSource();
        var waiting = signal.WaitAsync(TimeSpan.FromHours(1), cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
