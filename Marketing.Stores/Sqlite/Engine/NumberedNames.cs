namespace Marketing.Stores.Sqlite.Engine;

/// <summary>
/// Names that a projection's file stands a small number for, all in memory: campaigns, of which there are thousands.
/// Numbers are given by the writer's thread and read by any.
/// </summary>
internal sealed class NumberedNames(string table = "names")
{
    /// <summary>The table of the names, for the file's schema.</summary>
    public const string Table = "CREATE TABLE names(id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;";

    /// <summary>Lost rows in a row after which the next number is taken for damage.</summary>
    private const int MaxGap = 100_000;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private volatile string[] _names = new string[64];
    private int _count;
    private int _saved;

    /// <summary>How many numbers there are.</summary>
    public int Count => _count;

    public static NumberedNames Load(SqliteSession session, string table = "names")
    {
        var names = new NumberedNames(table);
        names.Reload(session);
        return names;
    }

    /// <summary>
    /// Reads the names that another process has added. Those that were given here and never committed are forgotten: their
    /// numbers may belong to others now. For the writer's thread, within a transaction.
    /// </summary>
    public void Reload(SqliteSession session)
    {
        while (_count > _saved)
        {
            _count--;
            if (_numbers.GetValueOrDefault(_names[_count], -1) == _count)
            {
                _numbers.Remove(_names[_count]);
            }
        }

        var row = session[$"SELECT id, name FROM {table} WHERE id >= ?1 ORDER BY id"].Bind(1, _saved);
        while (row.Step())
        {
            long number = row.Int64(0);
            if (number - _count > MaxGap)
            {
                continue;
            }

            // A number whose row is lost stays a number: the rows that use it must not become another campaign's.
            while (_count < number)
            {
                Add($"\0{_count}");
            }

            Add(row.Text(1));
        }

        _saved = _count;
    }

    /// <summary>The name of a number; of one that was never given, which only a damaged file has, a name that no campaign has.</summary>
    public string this[int number] => number >= 0 && number < _names.Length && _names[number] is { } name ? name : $"\0{number}";

    /// <summary>The number of a name, given one when it is new. For the writer's thread.</summary>
    public int NumberOf(string name) => _numbers.TryGetValue(name, out int number) ? number : Add(name);

    /// <summary>Writes the names that are not yet known to be committed. For the writer's thread, within a transaction.</summary>
    /// <returns>What <see cref="Saved"/> is to be told after the commit.</returns>
    public int Save(SqliteSession session)
    {
        if (_saved == _count)
        {
            return _count;
        }

        var insert = session[$"INSERT OR IGNORE INTO {table}(id, name) VALUES (?1, ?2)"];
        for (int number = _saved; number < _count; number++)
        {
            insert.Bind(1, number).Bind(2, _names[number]).Execute();
        }

        return _count;
    }

    /// <summary>Writes all names in the place of what the table has. For the writer's thread, within a transaction.</summary>
    public void SaveAll(SqliteSession session)
    {
        session.Run($"DELETE FROM {table}");
        var insert = session[$"INSERT INTO {table}(id, name) VALUES (?1, ?2)"];
        for (int number = 0; number < _count; number++)
        {
            insert.Bind(1, number).Bind(2, _names[number]).Execute();
        }
    }

    /// <summary>Notes after a commit how many names are in the file.</summary>
    public void Saved(int count) => _saved = Math.Max(_saved, count);

    /// <summary>How many names differ between memory and file. For the writer's thread, within a transaction.</summary>
    public long Differences(SqliteSession session)
    {
        long differences = 0;
        int seen = 0;
        var row = session[$"SELECT id, name FROM {table}"];
        while (row.Step())
        {
            long number = row.Int64(0);
            if (number < 0 || number >= _count || _names[number] != row.Text(1))
            {
                differences++;
            }
            else if (number < _saved)
            {
                seen++;
            }
        }

        return differences + Math.Max(0, _saved - seen);
    }

    private int Add(string name)
    {
        int number = _count;
        if (number == _names.Length)
        {
            string[] larger = new string[number * 2];
            _names.CopyTo(larger, 0);
            _names = larger;
        }

        _names[number] = name;
        _count++;

        // Of a name that a damaged file has twice the first number is used.
        _numbers.TryAdd(name, number);
        return number;
    }
}
