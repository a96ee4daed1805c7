using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;
using Marketing.Stores.Sqlite.Log;

namespace Marketing.Stores.Sqlite.Catalog;

/// <summary>Campaigns and user attributes in <c>log.db</c>.</summary>
internal sealed class SqliteCatalog(LogDatabase log) : ICatalog
{
    private const string SelectVersion = "SELECT catalog_version FROM state WHERE id = 1";
    private const string NextVersion = "UPDATE state SET catalog_version = catalog_version + 1 WHERE id = 1";

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
                    session["INSERT OR IGNORE INTO deleted_campaigns(id) VALUES (?1)"].Bind(1, id.Value).Execute();
                    session[NextVersion].Execute();
                }

                return deleted;
            },
            1,
            cancellationToken);

    public Task<IReadOnlyList<CampaignId>> DeletedCampaignsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var deleted = new List<CampaignId>();
        using var reader = log.Database.Read();
        var row = reader.Session[CampaignRow.SelectDeleted];
        while (row.Step())
        {
            deleted.Add(new CampaignId(row.Text(0)));
        }

        return Task.FromResult<IReadOnlyList<CampaignId>>(deleted);
    }

    public Task<long> VersionAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = log.Database.Read();
        return Task.FromResult(reader.Session[SelectVersion].Scalar() ?? 0);
    }

    public Task<bool> PutUserAsync(UserProfile profile, CancellationToken cancellationToken) =>
        log.Database.WriteAsync(session => ProfileRow.Write(session, profile), 1, cancellationToken);

    public ValueTask<UserProfile?> FindUserAsync(UserId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = log.Database.Read();
        return ValueTask.FromResult(ProfileRow.Find(reader.Session, id));
    }

    public async Task<bool> DeleteUserAsync(UserId id, CancellationToken cancellationToken)
    {
        bool deleted = await log.Database.WriteAsync(session => ProfileRow.Erase(session, id), 1, cancellationToken);
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
