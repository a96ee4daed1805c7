using Marketing.Domain.Ports;
using Marketing.Projections.Audit;
using Marketing.Tests.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Projections.Audit;

public sealed class AuditRecorderTests : IDisposable
{
    private static readonly AuditActor Shop = new("key-1", "shop");

    private readonly FakeTimeProvider _time = new(Sample.Noon);
    private readonly MemoryTrail _trail = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly StoreOutcomes _outcomes;
    private readonly AuditRecorder _recorder;

    public AuditRecorderTests()
    {
        _outcomes = new StoreOutcomes(_time);
        _recorder = new AuditRecorder(
            _trail, _outcomes, _services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), _time, NullLogger<AuditRecorder>.Instance);
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task An_action_is_in_the_trail_when_the_call_returns()
    {
        await _recorder.RecordAsync(AuditAction.LogBackup, AuditActor.CommandLine, null, new AuditTarget("folder"), 200);
        var entry = Assert.Single(_trail.Entries);
        Assert.Equal(new AuditEntry(entry.Id, Sample.Noon, AuditAction.LogBackup, AuditActor.CommandLine, null, new AuditTarget("folder"), 200), entry);
    }

    [Fact]
    public async Task An_entry_that_could_not_be_written_is_written_as_soon_as_the_trail_is_back()
    {
        _trail.IsDown = true;
        await _recorder.RecordAsync(AuditAction.UsersErase, Shop, "203.0.113.7", null, 200);
        await _recorder.FlushAsync();
        Assert.NotNull(_outcomes.Writes(StoreOutcomes.Audit).Failure);

        _trail.IsDown = false;
        _time.Advance(TimeSpan.FromHours(1));
        await _recorder.FlushAsync();
        await _recorder.FlushAsync();
        Assert.Equal(Sample.Noon, Assert.Single(_trail.Entries).At);
        Assert.Null(_outcomes.Writes(StoreOutcomes.Audit).Failure);
    }

    [Fact]
    public async Task Entries_wait_in_bounded_memory()
    {
        _trail.IsDown = true;
        for (var n = 0; n < 10_050; n++)
        {
            await _recorder.RecordAsync(AuditAction.UsersUpdate, Shop, null, null, 200);
        }

        _trail.IsDown = false;
        await _recorder.FlushAsync();
        Assert.Equal(10_000, _trail.Entries.Count);
    }

    [Fact]
    public async Task Denied_attempts_alike_are_one_entry_with_their_number()
    {
        for (var n = 0; n < 1_000; n++)
        {
            _recorder.Deny(AuditAction.UsersErase, AuditActor.Anonymous, "203.0.113.7", 401);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        _recorder.Deny(AuditAction.UsersErase, Shop, "203.0.113.7", 403);
        Assert.Empty(_trail.Entries);
        await _recorder.FlushAsync();
        await _recorder.FlushAsync();
        Assert.Equal(
            [(AuditActor.Anonymous, 401, 1_000, Sample.Noon.AddMilliseconds(999)), (Shop, 403, 1, Sample.Noon.AddSeconds(1))],
            _trail.Entries.Select(entry => (entry.Actor, entry.Outcome, entry.Count, entry.At)));
    }

    [Fact]
    public async Task Any_number_of_addresses_causes_a_bounded_number_of_entries_that_counts_all_attempts()
    {
        for (var n = 0; n < 5_000; n++)
        {
            _recorder.Deny(AuditAction.UsersExport, AuditActor.Anonymous, $"10.0.{n / 256}.{n % 256}", 401);
        }

        await _recorder.FlushAsync();
        Assert.InRange(_trail.Entries.Count, 1, 200);
        Assert.Equal(5_000, _trail.Entries.Sum(entry => entry.Count));
        Assert.Equal(4_900, Assert.Single(_trail.Entries, entry => entry.Address is null).Count);
    }
}
