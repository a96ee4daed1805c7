using Marketing.Domain;
using Marketing.Stores.Contents;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>Every user of whom <c>log.db</c> may have something.</summary>
internal static class LogUsers
{
    private const string Named =
        """
        SELECT name FROM users WHERE erased = 0
        UNION SELECT user_id FROM profiles WHERE erased = 0 AND user_id IS NOT NULL
        UNION SELECT user_id FROM dead_letters WHERE erased = 0 AND user_id IS NOT NULL
        """;

    private const string Payloads =
        "SELECT payload FROM dead_letters WHERE erased = 0 AND user_id IS NULL AND payload IS NOT NULL";

    public static HashSet<UserId> Read(SqliteSession session)
    {
        var users = new HashSet<UserId>();
        var row = session[Named];
        while (row.Step())
        {
            users.Add(new UserId(row.Text(0)));
        }

        var payload = session[Payloads];
        while (payload.Step())
        {
            users.UnionWith(PayloadUsers.Of(payload.Text(0)));
        }

        return users;
    }
}
