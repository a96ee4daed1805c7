namespace Marketing.Stores.Sqlite.Engine;

/// <summary>
/// Maps campaign ids to the small numbers that a projection's file uses for them. There are thousands, so all are in memory.
/// Only the writer's thread assigns numbers; any thread may read them.
/// </summary>
internal sealed class NumberedNames(string table = "names")
{
    /// <summary>The script that creates the table of names.</summary>
    public const string Table = "CREATE TABLE names(id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;";

    /// <summary>The largest gap between two numbers; a number beyond it counts as damage.</summary>
    private const int MaxGap = 100_000;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private volatile string[] _names = new string[64];
    private int _count;
    private int _saved;

    /// <summary>The number of names.</summary>
    public int Count => _count;

    public static NumberedNames Load(SqliteSession session, string table = "names")
    {
        var names = new NumberedNames(table);
        names.Reload(session);
        return names;
    }

    /// <summary>
    /// Reads the names that another process has added, and forgets those assigned here but never committed, because their numbers
    /// may be in use for other names. Call it on the writer's thread, within a transaction.
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

            // A number whose row is lost stays taken: the rows that use it must not become another campaign's.
            while (_count < number)
            {
                Add($"\0{_count}");
            }

            Add(row.Text(1));
        }

        _saved = _count;
    }

    /// <summary>The name for a number. An unknown number, which only a damaged file has, gets a name that no campaign has.</summary>
    public string this[int number] => number >= 0 && number < _names.Length && _names[number] is { } name ? name : $"\0{number}";

    /// <summary>Returns the number of a name and assigns one to a new name. Call it on the writer's thread.</summary>
    public int NumberOf(string name) => _numbers.TryGetValue(name, out int number) ? number : Add(name);

    /// <summary>Writes the names that are not yet known to be committed. Call it on the writer's thread, within a transaction.</summary>
    /// <returns>The count to pass to <see cref="Saved"/> after the commit.</returns>
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

    /// <summary>Replaces the table's content with all names. Call it on the writer's thread, within a transaction.</summary>
    public void SaveAll(SqliteSession session)
    {
        session.Run($"DELETE FROM {table}");
        var insert = session[$"INSERT INTO {table}(id, name) VALUES (?1, ?2)"];
        for (int number = 0; number < _count; number++)
        {
            insert.Bind(1, number).Bind(2, _names[number]).Execute();
        }
    }

    /// <summary>Records after a commit how many names are in the file.</summary>
    public void Saved(int count) => _saved = Math.Max(_saved, count);

    /// <summary>Counts the names that differ between memory and file. Call it on the writer's thread, within a transaction.</summary>
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

        // A damaged file may contain a name twice: the first number wins.
        _numbers.TryAdd(name, number);
        return number;
    }
}
