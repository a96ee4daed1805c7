using System.Text.Json;
using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;
using Marketing.Stores.Sqlite.Engine;
using Marketing.Stores.Sqlite.Log;

namespace Marketing.Stores.Sqlite.Catalog;

/// <summary>Campaigns and user attributes in <c>log.db</c>.</summary>
internal sealed class SqliteCatalog(LogDatabase log) : ICatalog
{
    private const string SelectVersion = "SELECT catalog_version FROM state WHERE id = 1";
    private const string NextVersion = "UPDATE state SET catalog_version = catalog_version + 1 WHERE id = 1";
    private const string SelectProfile = "SELECT attributes FROM profiles WHERE key = ?1";

    private const string UpsertProfile =
        """
        INSERT INTO profiles(key, user_id, attributes) VALUES (?1, ?2, ?3)
        ON CONFLICT(key) DO UPDATE SET attributes = excluded.attributes
        """;

    private const string BlankProfile =
        """
        UPDATE profiles SET user_id = CAST(zeroblob(octet_length(user_id)) AS TEXT),
            attributes = CAST(zeroblob(octet_length(attributes)) AS TEXT) WHERE key = ?1
        """;

    public async Task<IReadOnlyList<bool>> PutCampaignsAsync(
        IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken) =>
        campaigns.Count == 0
            ? []
            : await log.Database.WriteAsync(session => Put(session, campaigns), campaigns.Count, cancellationToken);

    public Task<IReadOnlyList<Campaign>> CampaignsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var campaigns = new List<Campaign>();
        using var reader = log.Database.Read();
        var row = reader.Session[CampaignRow.Select];
        while (row.Step())
        {
            campaigns.Add(CampaignRow.Read(row));
        }

        return Task.FromResult<IReadOnlyList<Campaign>>(campaigns);
    }

    public Task<bool> DeleteCampaignAsync(CampaignId id, CancellationToken cancellationToken) =>
        log.Database.WriteAsync(
            session =>
            {
                bool deleted = session["DELETE FROM campaigns WHERE id = ?1"].Bind(1, id.Value).Execute() > 0;
                if (deleted)
                {
                    session[NextVersion].Execute();
                }

                return deleted;
            },
            1,
            cancellationToken);

    public Task<long> VersionAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = log.Database.Read();
        return Task.FromResult(reader.Session[SelectVersion].Scalar() ?? 0);
    }

    public Task<bool> PutUserAsync(UserProfile profile, CancellationToken cancellationToken)
    {
        string attributes = JsonSerializer.Serialize(profile.Attributes);
        return log.Database.WriteAsync(
            session =>
            {
                var key = Key128.Of(profile.Id.Value);
                bool added = session[SelectProfile].Bind(1, key).IsEmpty();
                session[UpsertProfile].Bind(1, key).Bind(2, profile.Id.Value).Bind(3, attributes).Execute();
                return added;
            },
            1,
            cancellationToken);
    }

    public ValueTask<UserProfile?> FindUserAsync(UserId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = log.Database.Read();
        var row = reader.Session[SelectProfile].Bind(1, Key128.Of(id.Value));
        return ValueTask.FromResult(row.Step()
            ? new UserProfile(id, JsonSerializer.Deserialize<Dictionary<string, string>>(row.Bytes(0))!)
            : null);
    }

    public async Task<bool> DeleteUserAsync(UserId id, CancellationToken cancellationToken)
    {
        bool deleted = await log.Database.WriteAsync(
            session =>
            {
                var key = Key128.Of(id.Value);
                session[BlankProfile].Bind(1, key).Execute();
                return session["DELETE FROM profiles WHERE key = ?1"].Bind(1, key).Execute() > 0;
            },
            1,
            cancellationToken);
        if (deleted)
        {
            await log.Database.TruncateWalAsync(cancellationToken);
        }

        return deleted;
    }

    private static bool[] Put(SqliteSession session, IReadOnlyList<Campaign> campaigns)
    {
        bool[] added = new bool[campaigns.Count];
        for (int i = 0; i < added.Length; i++)
        {
            added[i] = session["SELECT 1 FROM campaigns WHERE id = ?1"].Bind(1, campaigns[i].Id.Value).IsEmpty();
            CampaignRow.Write(session[CampaignRow.Upsert], campaigns[i]);
        }

        session[NextVersion].Execute();
        return added;
    }
}
