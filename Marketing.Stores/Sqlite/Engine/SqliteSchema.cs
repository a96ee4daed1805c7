namespace Marketing.Stores.Sqlite.Engine;

/// <summary>The tables of one file, as the scripts that lead from each version to the next.</summary>
/// <param name="Scripts">Script <c>n</c> leads from version <c>n</c> to <c>n + 1</c>; never edited once released, only added to.</param>
internal sealed record SqliteSchema(params string[] Scripts)
{
    public int Version => Scripts.Length;

    /// <summary>Brings the file to this version in one step, however many processes open it at once.</summary>
    public void Apply(SqliteSession session, string path)
    {
        if (Stored(session) != Version)
        {
            session.Run("BEGIN IMMEDIATE");
            try
            {
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
            throw new StoreStartupException(
                $"{path} was written by a newer version of this program (schema {stored}, this one knows {Version}): start that version, or set Storage:DataDirectory to another folder.");
        }
    }

    private static int Stored(SqliteSession session) => (int)(session["PRAGMA user_version"].Scalar() ?? 0);
}
