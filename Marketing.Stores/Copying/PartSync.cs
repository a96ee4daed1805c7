using Marketing.Stores.Contents;

namespace Marketing.Stores.Copying;

/// <summary>
/// Copies the records of each part that are new or changed since the last pass, and removes what is gone from the source. A record that
/// was changed at the target in the meantime stays: a last pass after the switch undoes nothing. Remembered users are left to
/// <see cref="ErasureSync"/>, which erases them first.
/// </summary>
internal sealed class PartSync(ICopyStore source, ICopyStore target, ErasureHash hash)
{
    /// <summary>Records whose user is unknown at the source.</summary>
    public int Unnamed { get; private set; }

    /// <returns>Whether anything was copied or removed.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        bool changed = false;
        Unnamed = 0;
        foreach (var part in source.Parts.Where(static part => part.Name != PartNames.ErasedUsers))
        {
            var other = target.Parts.FirstOrDefault(one => one.Name == part.Name)
                ?? throw new InvalidOperationException($"{target.Name} has no part {part.Name}.");
            changed |= await RunAsync(part, other, cancellationToken);
        }

        return changed;
    }

    private async Task<bool> RunAsync(IMovablePart from, IMovablePart to, CancellationToken cancellationToken)
    {
        var journal = await CopyJournal.LoadAsync(target, from.Name, hash, cancellationToken);
        bool changed = false;
        await foreach (var records in from.PagesAsync(cancellationToken))
        {
            var named = records.Where(static record => !UnnamedUser.Is(record.Id)).ToList();
            Unnamed += records.Count - named.Count;
            var news = named.Where(journal.IsNew).ToList();
            if (news.Count > 0)
            {
                changed = true;
                await to.WriteAsync(news, cancellationToken);
                await journal.SaveAsync(cancellationToken);
            }
        }

        if (journal.HasGone)
        {
            changed = true;
            await foreach (var records in to.PagesAsync(cancellationToken))
            {
                await to.RemoveAsync([.. records.Where(journal.IsGone).Select(static record => record.Id)], cancellationToken);
            }

            journal.ForgetGone();
            await journal.SaveAsync(cancellationToken);
        }

        return changed;
    }
}
