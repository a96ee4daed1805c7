using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;
using Marketing.VectorIndex;
using Microsoft.Extensions.Logging;
using EventId = Marketing.Domain.EventId;

namespace Marketing.Stores.InProcess;

/// <summary>The vector index that lives in the process, in <see cref="FileName"/> of the data directory.</summary>
internal sealed class InProcessVectorIndex : IndexedMessages, IAsyncDisposable, IDisposable
{
    /// <summary>The file of the index in the data directory.</summary>
    public const string FileName = "vectors.db";

    private readonly string _path;
    private readonly EmbeddedVectorIndex _index;

    /// <param name="directory">The folder of the file.</param>
    /// <param name="space">The model and dimension of the vectors.</param>
    /// <param name="options">The settings.</param>
    /// <param name="logger">The logger.</param>
    /// <exception cref="VectorSpaceMismatchException">The file was made in another space.</exception>
    public InProcessVectorIndex(string directory, VectorSpace space, VectorIndexOptions options, ILogger<InProcessVectorIndex> logger)
        : this(Prepare(directory), space, options, (ILogger)logger)
    {
    }

    private InProcessVectorIndex(string path, VectorSpace space, VectorIndexOptions options, ILogger logger)
        : this(path, new EmbeddedVectorIndex(path, space.Model, space.Dimensions, options.ToIndex(), logger), options)
    {
    }

    private InProcessVectorIndex(string path, EmbeddedVectorIndex index, VectorIndexOptions options)
        : base(index, options.MessagesPerUser)
    {
        _path = path;
        _index = index;
    }

    /// <summary>Removes the files of an index that is not open.</summary>
    internal static void Delete(string directory)
    {
        foreach (string suffix in (string[])["", "-wal", "-shm"])
        {
            File.Delete(Path.Combine(directory, FileName + suffix));
        }
    }

    /// <summary>Completes when no training is running; for tests and benchmarks.</summary>
    internal Task Training => _index.Training;

    public override ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = _index.Search(new SearchQuery(query.Vector, query.Count, query.ExcludeUser?.Value, query.CampaignId?.Value));
        var matches = new VectorMatch[found.Count];
        for (int i = 0; i < matches.Length; i++)
        {
            matches[i] = new VectorMatch(new EventId(found[i].Key), new UserId(found[i].Group), found[i].Similarity);
        }

        return ValueTask.FromResult<IReadOnlyList<VectorMatch>>(matches);
    }

    /// <remarks>Also deletes damaged files that were set aside, because nobody can find the user's messages in them.</remarks>
    public override async Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken)
    {
        await base.RemoveUserAsync(userId, cancellationToken);
        SetAside.DeleteCopies(_path);
    }

    public override Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken) => _index.VerifyAsync(repair, cancellationToken);

    public override Task RebuildAsync(Func<IVectorIndex, CancellationToken, Task> fill, CancellationToken cancellationToken) =>
        _index.RebuildAsync((entries, token) => fill(new RebuildTarget(entries, NewestPerUser), token), cancellationToken);

    public ValueTask DisposeAsync() => _index.DisposeAsync();

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static string Prepare(string directory)
    {
        PrivateFiles.CreateFolder(directory);
        string path = Path.GetFullPath(Path.Combine(directory, FileName));
        PrivateFiles.Ensure(path);
        return path;
    }

    /// <summary>The index that a rebuild fills; it cannot be searched.</summary>
    private sealed class RebuildTarget(IVectorEntries entries, int newestPerUser) : IndexedMessages(entries, newestPerUser)
    {
        public override ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task RebuildAsync(Func<IVectorIndex, CancellationToken, Task> fill, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
