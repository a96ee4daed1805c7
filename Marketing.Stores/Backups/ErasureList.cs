using System.Collections.Concurrent;
using Marketing.Domain.Ports;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Backups;

/// <summary>Lists each erasure in the folder of the backups.</summary>
internal sealed class ErasureList(
    IOptions<BackupOptions> options, IErasureHashes hashes, LogPosition log, TimeProvider time) : IErasureList
{
    private readonly ErasureFile _file = new(new BackupFolder(options.Value.Directory!).Erasures, time);

    /// <summary>What this process knows to be listed: an unfinished erasure is added again whenever it is retried.</summary>
    private readonly ConcurrentDictionary<ErasureEntry, bool> _listed = new();

    public async Task AddAsync(UnfinishedErasure erasure, CancellationToken cancellationToken)
    {
        var hash = await hashes.HashAsync(cancellationToken);
        var entry = new ErasureEntry(log.LogId!, ErasureHash.Text(hash.Of(erasure.UserId)), erasure.ErasedAt);
        if (!_listed.ContainsKey(entry))
        {
            await _file.AddAsync([entry], cancellationToken);
            _listed[entry] = true;
        }
    }
}
