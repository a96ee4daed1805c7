using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Stores.Contents;

/// <summary>Writes the parts that a port covers, which is the same for every store.</summary>
internal static class PortParts
{
    public static IMovablePart Campaigns(ILogPart read, ICatalog catalog) => new MovablePart(
        read,
        (records, cancellationToken) => catalog.PutCampaignsAsync([.. records.Select(Records.ToCampaign)], cancellationToken),
        async (ids, cancellationToken) =>
        {
            foreach (string id in ids)
            {
                await catalog.DeleteCampaignAsync(new CampaignId(id), cancellationToken);
            }
        });

    public static IMovablePart Attributes(ILogPart read, ICatalog catalog) => new MovablePart(
        read,
        (records, cancellationToken) => Parallel.ForEachAsync(
            records, cancellationToken, async (record, stop) => await catalog.PutUserAsync(Records.ToProfile(record), stop)),
        async (ids, cancellationToken) =>
        {
            foreach (string id in ids)
            {
                await catalog.DeleteUserAsync(new UserId(id), cancellationToken);
            }
        });

    public static IMovablePart DeadLetters(ILogPart read, IDeadLetters letters) => new MovablePart(
        read,
        (records, cancellationToken) => letters.AddAsync([.. records.Select(Records.ToLetter)], cancellationToken),
        async (ids, cancellationToken) =>
        {
            foreach (string id in ids)
            {
                await letters.RemoveAsync(id, cancellationToken);
            }
        });

    public static IMovablePart AccessKeys(IAccessKeys keys) => new MovablePart(
        new ListPart(PartNames.AccessKeys, async cancellationToken => (await keys.AllAsync(cancellationToken)).Select(KeyRecords.Of)),
        (records, cancellationToken) => AddAsync(keys, records, cancellationToken),
        async (ids, cancellationToken) =>
        {
            foreach (string id in ids)
            {
                await keys.RemoveAsync(id, cancellationToken);
            }
        });

    /// <summary>Adds the keys that are not there; a key never changes.</summary>
    private static async Task AddAsync(IAccessKeys keys, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken)
    {
        var there = (await keys.AllAsync(cancellationToken)).Select(static key => key.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var record in records.Where(record => !there.Contains(record.Id)))
        {
            await keys.AddAsync(KeyRecords.ToKey(record), cancellationToken);
        }
    }
}
