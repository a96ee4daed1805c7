namespace Marketing.Stores.Sqlite.Engine;

/// <summary>
/// Names that a projection's file stands a small number for, all in memory: campaigns, of which there are thousands.
/// Numbers are given by the writer's thread and read by any.
/// </summary>
internal sealed class NumberedNames
{
    /// <summary>The table of the names, for the file's schema.</summary>
    public const string Table = "CREATE TABLE names(id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;";

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private volatile string[] _names = new string[64];
    private int _saved;

    public static NumberedNames Load(SqliteSession session)
    {
        var names = new NumberedNames();
        names.Reload(session);
        return names;
    }

    /// <summary>
    /// Reads the names that another process has added. Those that were given here and never committed are forgotten: their
    /// numbers may belong to others now. For the writer's thread, within a transaction.
    /// </summary>
    public void Reload(SqliteSession session)
    {
        while (_numbers.Count > _saved)
        {
            _numbers.Remove(_names[_numbers.Count - 1]);
        }

        var row = session["SELECT name FROM names WHERE id >= ?1 ORDER BY id"].Bind(1, _saved);
        while (row.Step())
        {
            Add(row.Text(0));
        }

        _saved = _numbers.Count;
    }

    /// <summary>The name of a number that was given.</summary>
    public string this[int number] => _names[number];

    /// <summary>The number of a name, given one when it is new. For the writer's thread.</summary>
    public int NumberOf(string name) => _numbers.TryGetValue(name, out int number) ? number : Add(name);

    /// <summary>Writes the names that are not yet known to be committed. For the writer's thread, within a transaction.</summary>
    /// <returns>What <see cref="Saved"/> is to be told after the commit.</returns>
    public int Save(SqliteSession session)
    {
        var insert = session["INSERT OR IGNORE INTO names(id, name) VALUES (?1, ?2)"];
        for (int number = _saved; number < _numbers.Count; number++)
        {
            insert.Bind(1, number).Bind(2, _names[number]).Execute();
        }

        return _numbers.Count;
    }

    /// <summary>Notes after a commit how many names are in the file.</summary>
    public void Saved(int count) => _saved = Math.Max(_saved, count);

    private int Add(string name)
    {
        int number = _numbers.Count;
        if (number == _names.Length)
        {
            string[] larger = new string[number * 2];
            _names.CopyTo(larger, 0);
            _names = larger;
        }

        _names[number] = name;
        _numbers.Add(name, number);
        return number;
    }
}
