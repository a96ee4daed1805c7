using System.Data.Common;

namespace Marketing.Stores;

/// <summary>Connection strings of the form <c>Key=value;Key=value</c>.</summary>
internal static class ConnectionPairs
{
    /// <summary>The value of a key, whatever its case; null when it is not there.</summary>
    public static string? Find(this DbConnectionStringBuilder pairs, string key) =>
        pairs.TryGetValue(key, out var value) ? value as string : null;
}
