using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Api.Access;

/// <summary>Keeps the <see cref="KeyRing"/> in step with the store. A change made here counts here at once, and elsewhere after the next poll.</summary>
internal sealed class StoredKeys(IAccessKeys store, KeyRing ring, TimeProvider time) : IDisposable
{
    /// <summary>
    /// Everything is read this often even if the version is the same: a process that ends between removing a key and saying so leaves the
    /// version behind.
    /// </summary>
    private static readonly TimeSpan ReadAnywayAfter = TimeSpan.FromMinutes(1);

    // A poll that started before a change must not bring back what the change removed.
    private readonly SemaphoreSlim _one = new(1, 1);
    private long? _version;
    private long _readAt;
    private long _succeededAt = time.GetTimestamp();

    /// <summary>How long the store has not been read; revocations made elsewhere since then do not count here yet.</summary>
    public TimeSpan Age => time.GetElapsedTime(Volatile.Read(ref _succeededAt));

    /// <summary>Stores a new key.</summary>
    public Task AddAsync(AccessKey key, CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            await store.AddAsync(key, cancellationToken);
            ring.Replace([.. ring.Stored.Select(static one => one.Key), key]);
            return true;
        },
        cancellationToken);

    /// <summary>Revokes a key; returns false if there is none with this id.</summary>
    public Task<bool> RevokeAsync(string id, CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            var removed = await store.RemoveAsync(id, cancellationToken);
            ring.Replace([.. ring.Stored.Select(static one => one.Key).Where(key => key.Id != id)]);
            return removed;
        },
        cancellationToken);

    /// <summary>Reads the keys if they have changed since they were last read.</summary>
    public Task<bool> RefreshAsync(CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            // Read the version first: what changes in between then counts as a change the next time.
            var version = await store.VersionAsync(cancellationToken);
            var changed = version != _version || time.GetElapsedTime(_readAt) >= ReadAnywayAfter;
            if (changed)
            {
                ring.Replace(await store.AllAsync(cancellationToken));
                (_version, _readAt) = (version, time.GetTimestamp());
            }

            Volatile.Write(ref _succeededAt, time.GetTimestamp());
            return changed;
        },
        cancellationToken);

    /// <summary>Stores when keys were last used, unless that was stored less than a while ago.</summary>
    public async Task NoteUsesAsync(TimeSpan since, CancellationToken cancellationToken)
    {
        var used = ring.Stored.Select(key => (Key: key, At: key.UnnotedUse(since))).Where(static use => use.At is not null).ToList();
        if (used.Count == 0)
        {
            return;
        }

        await store.NoteUsesAsync(used.ToDictionary(static use => use.Key.Key.Id, static use => use.At!.Value), cancellationToken);
        used.ForEach(static use => use.Key.Noted(use.At!.Value));
    }

    public void Dispose() => _one.Dispose();

    private async Task<T> ChangeAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await change();
        }
        finally
        {
            _one.Release();
        }
    }
}
