using Marketing.Api.Access;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores;
using Marketing.Stores.Sqlite.Access;
using Marketing.Tests.Contracts;
using Marketing.Tests.Servers;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Api;

/// <summary>The keys in memory follow the store, and outlive its outages.</summary>
public sealed class KeyRingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Sample.Noon);
    private readonly SqliteAccessKeys _here;
    private readonly SqliteAccessKeys _elsewhere;

    public KeyRingTests() => (_here, _elsewhere) = (Open(), Open());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _here.Dispose();
        _elsewhere.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_key_made_or_revoked_elsewhere_counts_here_within_a_second()
    {
        var (ring, keys) = Ring(_here);
        using var service = new KeyRingService(keys, Options.Create(new AccessOptions()), _time, NullLogger<KeyRingService>.Instance);
        await service.StartAsync(Cancel);
        await _elsewhere.AddAsync(Key("secret"), Cancel);
        Assert.Null(ring.Find("secret"));
        await AfterASecondAsync(() => ring.Find("secret") is not null);

        await _elsewhere.RemoveAsync("secret", Cancel);
        await AfterASecondAsync(() => ring.Find("secret") is null);
        await service.StopAsync(Cancel);
        keys.Dispose();
    }

    [Fact]
    public async Task A_change_made_here_counts_at_once()
    {
        var (ring, keys) = Ring(_here);
        await keys.AddAsync(Key("secret"), Cancel);
        Assert.NotNull(ring.Find("secret"));
        await keys.RevokeAsync("secret", Cancel);
        Assert.Null(ring.Find("secret"));
        keys.Dispose();
    }

    [Fact]
    public async Task While_the_store_is_down_known_keys_work_and_health_says_what_does_not()
    {
        var store = new Outage(_here);
        var (ring, keys) = Ring(store);
        var health = new KeyHealthCheck(keys);
        await keys.AddAsync(Key("secret"), Cancel);
        await keys.RefreshAsync(Cancel);

        store.IsDown = true;
        _time.Advance(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<IOException>(() => keys.RefreshAsync(Cancel));
        Assert.NotNull(ring.Find("secret"));
        var report = await health.CheckHealthAsync(new HealthCheckContext(), Cancel);
        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Contains("revocations made elsewhere do not count here", report.Description, StringComparison.Ordinal);

        store.IsDown = false;
        await keys.RefreshAsync(Cancel);
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new HealthCheckContext(), Cancel)).Status);
        keys.Dispose();
    }

    [Fact]
    public async Task A_revocation_whose_announcement_was_lost_counts_after_a_minute()
    {
        var store = new Outage(_here);
        var (ring, keys) = Ring(store);
        await keys.AddAsync(Key("secret"), Cancel);
        await keys.RefreshAsync(Cancel);
        store.FrozenVersion = await _here.VersionAsync(Cancel);
        await _elsewhere.RemoveAsync("secret", Cancel);
        await keys.RefreshAsync(Cancel);
        Assert.NotNull(ring.Find("secret"));

        _time.Advance(TimeSpan.FromMinutes(1));
        await keys.RefreshAsync(Cancel);
        Assert.Null(ring.Find("secret"));
        keys.Dispose();
    }

    [Fact]
    public void A_secret_is_found_only_as_a_whole()
    {
        var ring = new KeyRing(Options.Create(new AccessOptions { AdminKey = "0123456789abcdef0123456789abcdef" }));
        Assert.Equal(Scopes.Admin, ring.Find("0123456789abcdef0123456789abcdef")?.Key.Scopes);
        Assert.Null(ring.Find("0123456789abcdef0123456789abcde"));
        Assert.Null(ring.Find("0123456789ABCDEF0123456789abcdef"));
        Assert.Null(ring.Find(""));
        Assert.Null(ring.Find(new string('a', 10_000)));
        Assert.Null(ring.Find("\ud800"));
    }

    private async Task AfterASecondAsync(Func<bool> condition)
    {
        await Eventually.TrueAsync("the keys are read again", () =>
        {
            _time.Advance(KeyRingService.Interval);
            return Task.FromResult(condition());
        });
    }

    private (KeyRing Ring, StoredKeys Keys) Ring(IAccessKeys store)
    {
        var ring = new KeyRing(Options.Create(new AccessOptions()));
        return (ring, new StoredKeys(store, ring, _time));
    }

    private SqliteAccessKeys Open() => new(Options.Create(new StorageOptions { DataDirectory = _folder.Path, Durability = Durability.ProcessCrash }));

    /// <summary>A key whose id is its secret.</summary>
    private static AccessKey Key(string secret)
    {
        Assert.True(KeyHash.TryCompute(secret, out var hash));
        return new AccessKey(secret, "name", Scopes.UsersRead, hash, Sample.Noon);
    }

    private sealed class Outage(IAccessKeys store) : IAccessKeys
    {
        public bool IsDown { get; set; }

        public long? FrozenVersion { get; set; }

        public Task AddAsync(AccessKey key, CancellationToken cancellationToken) => Up().AddAsync(key, cancellationToken);

        public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => Up().RemoveAsync(id, cancellationToken);

        public Task<IReadOnlyList<AccessKey>> AllAsync(CancellationToken cancellationToken) => Up().AllAsync(cancellationToken);

        public Task<long> VersionAsync(CancellationToken cancellationToken) =>
            FrozenVersion is { } version ? Task.FromResult(version) : Up().VersionAsync(cancellationToken);

        public Task NoteUsesAsync(IReadOnlyDictionary<string, DateTimeOffset> uses, CancellationToken cancellationToken) =>
            Up().NoteUsesAsync(uses, cancellationToken);

        private IAccessKeys Up() => IsDown ? throw new IOException("The store is down.") : store;
    }
}
