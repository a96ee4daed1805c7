using Marketing.Stores.Contents;

namespace Marketing.Stores.Copying;

/// <summary>Erases at the target whom the source has erased since they were copied. Only hashes are known, so every user is hashed.</summary>
internal sealed class ErasureSync(ICopyStore source, ICopyStore target, ErasureHash hash)
{
    /// <returns>The number of users erased at the target.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var due = await ReadAsync(source, cancellationToken);
        foreach (var (user, at) in await ReadAsync(target, cancellationToken))
        {
            if (due.TryGetValue(user, out var erasedAt) && erasedAt <= at)
            {
                due.Remove(user);
            }
        }

        if (due.Count == 0)
        {
            return 0;
        }

        var found = new HashSet<Domain.UserId>();
        await foreach (var user in target.UsersAsync(cancellationToken))
        {
            if (due.ContainsKey(ErasureHash.Text(hash.Of(user))))
            {
                found.Add(user);
            }
        }

        foreach (var user in found)
        {
            await target.EraseAsync(user, due[ErasureHash.Text(hash.Of(user))], cancellationToken);
        }

        // Last: until it is remembered here, the next run erases again.
        var remembered = target.Parts.First(static part => part.Name == PartNames.ErasedUsers);
        await remembered.WriteAsync([.. due.Select(static one => Records.OfErasure(one.Key, one.Value))], cancellationToken);
        return found.Count;
    }

    private static async Task<Dictionary<string, DateTimeOffset>> ReadAsync(ICopyStore store, CancellationToken cancellationToken)
    {
        var remembered = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await foreach (var records in store.Parts.First(static part => part.Name == PartNames.ErasedUsers).PagesAsync(cancellationToken))
        {
            foreach (var record in records)
            {
                remembered[record.Id] = Records.ErasedAt(record);
            }
        }

        return remembered;
    }
}
