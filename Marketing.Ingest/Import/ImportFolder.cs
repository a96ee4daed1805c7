using Marketing.Stores;
using Microsoft.Extensions.Options;

namespace Marketing.Ingest.Import;

/// <summary>The folder for checkpoints, and for reject files that cannot be written next to their input.</summary>
internal sealed class ImportFolder(IOptions<StorageOptions> storage)
{
    public string Path => storage.Value.PathOf("imports");
}
