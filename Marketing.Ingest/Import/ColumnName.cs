namespace Marketing.Ingest.Import;

/// <summary>Names of columns, as people and programs write them: <c>User ID</c>, <c>user_id</c>, <c>userId</c> and <c>user-id</c> are one.</summary>
internal static class ColumnName
{
    /// <summary>What is left of a name when case, white space and punctuation between words do not count.</summary>
    public static string Key(string name) =>
        string.Concat(name.Where(static c => !char.IsWhiteSpace(c) && c is not ('_' or '-' or '.' or '\uFEFF'))).ToUpperInvariant();

    /// <summary>Whether two names are one.</summary>
    public static bool Same(string name, string other) => Key(name) == Key(other);

    /// <summary>The column that a name means, where there is one that is written the same, or the same but for case, or else alike.</summary>
    /// <returns>Its index, or -1.</returns>
    /// <exception cref="InvalidDataException">It may be more than one.</exception>
    public static int IndexOf(string name, IReadOnlyList<string> header)
    {
        Func<string, bool>[] ways = [column => column == name, column => column.Equals(name, StringComparison.OrdinalIgnoreCase), column => Same(column, name)];
        foreach (var way in ways)
        {
            var found = header.Index().Where(column => way(column.Item)).ToList();
            if (found.Count > 1)
            {
                throw new InvalidDataException($"{found.Count} columns are named like {name}: {string.Join(", ", found.Select(static column => column.Item))}. Say which one is meant with --field.");
            }

            if (found.Count == 1)
            {
                return found[0].Index;
            }
        }

        return -1;
    }
}
