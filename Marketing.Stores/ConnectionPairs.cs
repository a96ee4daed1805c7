using System.Data.Common;

namespace Marketing.Stores;

/// <summary>Reads connection strings of the form <c>Key=value;Key=value</c>.</summary>
internal static class ConnectionPairs
{
    /// <summary>Returns the value of a key, ignoring case, or null when it is missing.</summary>
    public static string? Find(this DbConnectionStringBuilder pairs, string key) =>
        pairs.TryGetValue(key, out var value) ? value as string : null;
}
