using Marketing.Domain;

namespace Marketing.Api.Access;

/// <summary>A key in memory, with the caller that it stands for and when it was last used.</summary>
internal sealed class Credential(AccessKey key)
{
    /// <summary>Times within this many ticks count as the same use, so that a busy key is rarely written.</summary>
    private const long Resolution = TimeSpan.TicksPerSecond;

    private readonly long _expiresAt = key.ExpiresAt?.UtcTicks ?? long.MaxValue;
    private long _usedAt = key.LastUsedAt?.UtcTicks ?? 0;
    private long _notedAt = key.LastUsedAt?.UtcTicks ?? 0;

    public AccessKey Key => key;

    /// <summary>The same object for every request of the key; nobody changes it.</summary>
    public AccessPrincipal Principal { get; } = AccessPrincipal.Of(AccessPrincipal.ByKey, key.Id, key.Name, key.Scopes);

    /// <summary>Whether the key is refused from now on.</summary>
    public bool IsExpiredAt(DateTimeOffset now) => now.UtcTicks >= _expiresAt;

    /// <summary>Records a use, in memory only.</summary>
    public void Use(DateTimeOffset now)
    {
        if (now.UtcTicks - Volatile.Read(ref _usedAt) >= Resolution)
        {
            Volatile.Write(ref _usedAt, now.UtcTicks);
        }
    }

    /// <summary>Returns when the key was last used if that is not stored yet; null if it is, or was stored less than a while ago.</summary>
    public DateTimeOffset? UnnotedUse(TimeSpan since)
    {
        var used = Volatile.Read(ref _usedAt);
        return used > _notedAt && used - _notedAt >= since.Ticks ? new DateTimeOffset(used, TimeSpan.Zero) : null;
    }

    /// <summary>Records that a use is stored.</summary>
    public void Noted(DateTimeOffset used) => _notedAt = used.UtcTicks;
}
