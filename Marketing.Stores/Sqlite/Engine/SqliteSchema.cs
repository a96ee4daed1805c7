using System.Text.RegularExpressions;

namespace Marketing.Stores.Sqlite.Engine;

/// <summary>The tables of one file, as migration scripts from each version to the next.</summary>
/// <param name="Scripts">
/// Script <c>n</c> migrates from version <c>n</c> to <c>n + 1</c>. Never edit a released script; append a new one.
/// </param>
internal sealed partial record SqliteSchema(params string[] Scripts)
{
    private readonly string[] _tables =
        [.. Scripts.SelectMany(static script => TableName().Matches(script)).Select(static match => match.Groups[1].Value).Distinct()];

    public int Version => Scripts.Length;

    /// <summary>Migrates the file to this version in one transaction, even when several processes open it at once.</summary>
    /// <exception cref="UnusableFileException">The file is of a newer version or of another program.</exception>
    public void Apply(SqliteSession session, string path)
    {
        if (Stored(session) != Version)
        {
            session.Run("BEGIN IMMEDIATE");
            try
            {
                if (Stored(session) == 0 && session["SELECT 1 FROM sqlite_schema LIMIT 1"].Scalar() is not null)
                {
                    throw Foreign(path);
                }

                for (int version = Stored(session); version < Version; version++)
                {
                    session.Run(Scripts[version]);
                }

                if (Stored(session) <= Version)
                {
                    session.Run($"PRAGMA user_version={Version}");
                }

                session.Run("COMMIT");
            }
            catch
            {
                session.Run("ROLLBACK");
                throw;
            }
        }

        if (Stored(session) is var stored && stored > Version)
        {
            throw new UnusableFileException(
                path,
                $"was written by a newer version of this program (schema {stored}, this one supports {Version})",
                "start that version, or set Storage:DataDirectory to another folder.");
        }

        if (Array.Exists(_tables, table => session["SELECT 1 FROM sqlite_schema WHERE name = ?1"].Bind(1, table).Scalar() is null))
        {
            throw Foreign(path);
        }
    }

    private static UnusableFileException Foreign(string path) => new(
        path, "is a database of another program", "move it away, or set Storage:DataDirectory to another folder.");

    private static int Stored(SqliteSession session) => (int)(session["PRAGMA user_version"].Scalar() ?? 0);

    [GeneratedRegex(@"CREATE TABLE (?:IF NOT EXISTS )?(\w+)")]
    private static partial Regex TableName();
}
