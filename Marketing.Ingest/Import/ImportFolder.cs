using Marketing.Stores;
using Microsoft.Extensions.Options;

namespace Marketing.Ingest.Import;

/// <summary>Where checkpoints are kept, and rejects that cannot lie beside their file.</summary>
internal sealed class ImportFolder(IOptions<StorageOptions> storage)
{
    public string Path => storage.Value.PathOf("imports");
}
