using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>
/// Maps users and campaigns to the numbers that the log's rows and indexes use, and caches recent ones. Used on the writer's thread
/// only.
/// </summary>
internal sealed class LogNames
{
    private const string FindCampaign = "SELECT id FROM campaign_names WHERE name = ?1";
    private const string AddCampaign = "INSERT INTO campaign_names(name) VALUES (?1) RETURNING id";

    /// <summary>The number of cached names of each kind, a few MB; a full cache is cleared.</summary>
    private const int Remembered = 32_768;

    private readonly Dictionary<string, long> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _campaigns = new(StringComparer.Ordinal);
    private long _erasures = -1;

    /// <summary>Drops what a rolled-back transaction may have added.</summary>
    public void Forget()
    {
        _users.Clear();
        _campaigns.Clear();
    }

    /// <summary>Returns a user's number and assigns one to a new user.</summary>
    public long User(SqliteSession session, LogState state, string name)
    {
        if (_erasures != state.Erasures)
        {
            _users.Clear();
            _erasures = state.Erasures;
        }

        if (_users.TryGetValue(name, out long id))
        {
            return id;
        }

        id = UserNumbers.FindOrAdd(session, name, out bool added);
        state.Users += added ? 1 : 0;
        return Remember(_users, name, id);
    }

    /// <summary>Returns a campaign's number and assigns one to a new campaign.</summary>
    public long Campaign(SqliteSession session, string name)
    {
        if (_campaigns.TryGetValue(name, out long id))
        {
            return id;
        }

        id = session[FindCampaign].Bind(1, name).Scalar() ?? session[AddCampaign].Bind(1, name).Returning();
        return Remember(_campaigns, name, id);
    }

    private static long Remember(Dictionary<string, long> names, string name, long id)
    {
        if (names.Count >= Remembered)
        {
            names.Clear();
        }

        return names[name] = id;
    }
}
