using Marketing.Domain.Ports;
using Marketing.Tests.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Stores.Sqlite;

public sealed class SqliteInteractionQueueTests : InteractionQueueContract
{
    [Fact]
    public async Task A_clock_set_back_or_ahead_neither_keeps_anything_waiting_nor_ends_a_lease()
    {
        var cancel = TestContext.Current.CancellationToken;
        var lease = TimeSpan.FromSeconds(30);
        var time = new ChangedClock();
        using var folder = new TemporaryFolder();
        using var host = SqliteHost.Build(folder, time);
        var log = host.Services.GetRequiredService<IInteractionLog>();
        var queue = host.Services.GetRequiredService<IInteractionQueue>();
        await log.AppendAsync([Sample.Chat("a"), Sample.Chat("b")], cancel);
        await queue.ClaimAsync(1, lease, cancel);
        foreach (var hours in new[] { -3, 3 })
        {
            time.Changed = TimeSpan.FromHours(hours);
            await log.AppendAsync([Sample.Chat($"at {hours}")], cancel);
        }

        var claimed = await queue.ClaimAsync(5, lease, cancel);
        Assert.Equal(["b", "at -3", "at 3"], claimed.Select(one => one.Interaction.Id.Value));
        Assert.Empty(await queue.ClaimAsync(5, lease, cancel));
        time.Elapsed += lease;
        Assert.Equal(4, (await queue.ClaimAsync(5, lease, cancel)).Count);
    }

    protected override Task<ILogStores> OpenAsync() => SqliteLogStores.OpenAsync();

    /// <summary>A clock that is changed while time passes.</summary>
    private sealed class ChangedClock : TimeProvider
    {
        public TimeSpan Changed { get; set; }

        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Sample.Noon + Elapsed + Changed;

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}
