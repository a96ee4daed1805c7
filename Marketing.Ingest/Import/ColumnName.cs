namespace Marketing.Ingest.Import;

/// <summary>Compares column names leniently: <c>User ID</c>, <c>user_id</c>, <c>userId</c> and <c>user-id</c> are the same.</summary>
internal static class ColumnName
{
    /// <summary>The name without case, white space and word separators.</summary>
    public static string Key(string name) =>
        string.Concat(name.Where(static c => !char.IsWhiteSpace(c) && c is not ('_' or '-' or '.' or '\uFEFF'))).ToUpperInvariant();

    /// <summary>Whether two names are the same column.</summary>
    public static bool Same(string name, string other) => Key(name) == Key(other);

    /// <summary>Finds the column for a name: an exact match first, then one that ignores case, then a lenient match.</summary>
    /// <returns>The index, or -1.</returns>
    /// <exception cref="InvalidDataException">More than one column matches.</exception>
    public static int IndexOf(string name, IReadOnlyList<string> header)
    {
        Func<string, bool>[] ways = [column => column == name, column => column.Equals(name, StringComparison.OrdinalIgnoreCase), column => Same(column, name)];
        foreach (var way in ways)
        {
            var found = header.Index().Where(column => way(column.Item)).ToList();
            if (found.Count > 1)
            {
                throw new InvalidDataException($"{found.Count} columns are named like {name}: {string.Join(", ", found.Select(static column => column.Item))}. Choose one with --field.");
            }

            if (found.Count == 1)
            {
                return found[0].Index;
            }
        }

        return -1;
    }
}
