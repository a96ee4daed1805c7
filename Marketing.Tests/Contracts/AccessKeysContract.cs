using Marketing.Domain;
using Marketing.Domain.Ports;
using static Marketing.Tests.Contracts.Sample;

namespace Marketing.Tests.Contracts;

/// <summary>The contract of every <see cref="IAccessKeys"/>.</summary>
public abstract class AccessKeysContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<IKeyStore> OpenAsync();

    [Fact]
    public async Task A_key_is_read_back_as_it_was_stored_newest_first()
    {
        await using var store = await OpenAsync();
        var full = Key("1") with { Name = "ü 🙂", Scopes = Scopes.Admin | Scopes.UsersRead, ExpiresAt = Noon.AddDays(1), LastUsedAt = Noon.AddMilliseconds(7) };
        var bare = Key("2");
        await store.Keys.AddAsync(full, Cancel);
        await store.Keys.AddAsync(bare, Cancel);
        Assert.Equal([bare, full], await store.Keys.AllAsync(Cancel));
        Assert.Equal([bare, full], await (await store.OpenAgainAsync()).AllAsync(Cancel));
    }

    [Fact]
    public async Task A_removed_key_is_gone_for_every_process()
    {
        await using var store = await OpenAsync();
        var other = await store.OpenAgainAsync();
        await store.Keys.AddAsync(Key("1"), Cancel);
        await store.Keys.AddAsync(Key("2"), Cancel);
        Assert.True(await other.RemoveAsync("1", Cancel));
        Assert.False(await other.RemoveAsync("1", Cancel));
        Assert.Equal([Key("2")], await store.Keys.AllAsync(Cancel));
    }

    [Fact]
    public async Task The_version_changes_with_every_key_that_comes_or_goes_and_not_with_a_use()
    {
        await using var store = await OpenAsync();
        var other = await store.OpenAgainAsync();
        var versions = new List<long> { await other.VersionAsync(Cancel) };
        await store.Keys.AddAsync(Key("1"), Cancel);
        versions.Add(await other.VersionAsync(Cancel));
        await store.Keys.RemoveAsync("1", Cancel);
        versions.Add(await other.VersionAsync(Cancel));
        await store.Keys.AddAsync(Key("2"), Cancel);
        versions.Add(await other.VersionAsync(Cancel));
        Assert.Equal(versions.Distinct(), versions);

        await store.Keys.NoteUsesAsync(new Dictionary<string, DateTimeOffset> { ["2"] = Noon }, Cancel);
        Assert.Equal(versions[^1], await other.VersionAsync(Cancel));
    }

    [Fact]
    public async Task Uses_are_recorded_and_never_move_back()
    {
        await using var store = await OpenAsync();
        await store.Keys.AddAsync(Key("1"), Cancel);
        await store.Keys.AddAsync(Key("2"), Cancel);
        await store.Keys.NoteUsesAsync(Uses(("1", 5), ("2", 1), ("unknown", 9)), Cancel);
        await store.Keys.NoteUsesAsync(Uses(("1", 3), ("2", 4)), Cancel);
        await store.Keys.NoteUsesAsync(Uses(), Cancel);
        Assert.Equal(
            [("2", (DateTimeOffset?)Noon.AddMinutes(4)), ("1", Noon.AddMinutes(5))],
            (await store.Keys.AllAsync(Cancel)).Select(key => (key.Id, key.LastUsedAt)));
    }

    private static Dictionary<string, DateTimeOffset> Uses(params (string Id, int Minutes)[] uses) =>
        uses.ToDictionary(use => use.Id, use => Noon.AddMinutes(use.Minutes));

    private static AccessKey Key(string id)
    {
        Assert.True(KeyHash.TryCompute($"secret of {id}", out var hash));
        return new AccessKey(id, $"key {id}", Scopes.InteractionsWrite, hash, Noon);
    }
}
