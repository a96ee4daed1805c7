using Marketing.Domain.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>Ends the leases of a process that is gone, when only one process at a time can project from this log.</summary>
internal sealed class QueueStartup(IServiceProvider services, ILogger<QueueStartup> logger) : StoreStartup
{
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        // The folder's owner is the only projector, so nobody holds these leases. Leases in a shared folder expire by themselves.
        if (services.GetRequiredService<ProjectionFileContext>().IsShared
            || services.GetRequiredService<IInteractionQueue>() is not SqliteInteractionQueue queue)
        {
            return;
        }

        services.GetRequiredService<DataFolderOwner>().Take();
        int released = await queue.ReleaseAllAsync(cancellationToken);
        if (released > 0)
        {
            Stores.Log.LeasesReleased(logger, released);
        }
    }
}
