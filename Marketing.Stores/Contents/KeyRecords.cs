using Marketing.Domain;

namespace Marketing.Stores.Contents;

/// <summary>
/// Converts API keys to records and back. The last use is left out: a copy would otherwise take each use for a change, and add a key
/// again that was revoked at the target.
/// </summary>
internal static class KeyRecords
{
    public static LogRecord Of(AccessKey key) => Records.Of(key.Id, new Fields(
        key.Name,
        ScopeNames.Format(key.Scopes),
        key.Hash.ToArray(),
        key.CreatedAt.ToUnixTimeMilliseconds(),
        key.ExpiresAt?.ToUnixTimeMilliseconds()));

    public static AccessKey ToKey(LogRecord record)
    {
        var content = Records.Read<Fields>(record);
        return new AccessKey(
            record.Id,
            content.Name,
            ScopeNames.Parse(content.Scopes),
            new KeyHash(content.Hash),
            DateTimeOffset.FromUnixTimeMilliseconds(content.CreatedAt),
            Records.Time(content.ExpiresAt));
    }

    private sealed record Fields(string Name, string Scopes, byte[] Hash, long CreatedAt, long? ExpiresAt);
}
