using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>Turns rejects into dead letters, so that an operator can see and replay them without the file.</summary>
internal sealed class RejectLetters(IDeadLetters letters)
{
    private const int Page = 500;

    /// <summary>Stores the rejects of a batch as dead letters.</summary>
    /// <param name="path">The file's full path, or <see cref="InputFile.StandardInput"/>.</param>
    /// <param name="rejects">The rejects of the batch.</param>
    /// <param name="now">When they were rejected.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task KeepAsync(string path, IReadOnlyList<Reject> rejects, DateTimeOffset now, CancellationToken cancellationToken) =>
        letters.AddAsync([.. rejects.Select(reject => Create(path, reject, now))], cancellationToken);

    /// <summary>Removes the dead letters of earlier imports of the same file; records that are still invalid were stored again.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="startedAt">When this import began.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The number of dead letters removed.</returns>
    public async Task<int> RemoveEarlierAsync(string path, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        var prefix = Prefix(path);
        var filter = new DeadLetterFilter(Source(path), Before: startedAt);
        List<DeadLetter> earlier = [];
        string? cursor = null;
        do
        {
            var page = await letters.ListAsync(filter, cursor, Page, cancellationToken);
            earlier.AddRange(page.Items.Where(letter => letter.Id.StartsWith(prefix, StringComparison.Ordinal)));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        await letters.RemoveAsync(earlier, cancellationToken);
        return earlier.Count;
    }

    private static DeadLetter Create(string path, Reject reject, DateTimeOffset now)
    {
        var content = string.Create(CultureInfo.InvariantCulture, $"line {reject.Line}: {reject.Json ?? reject.Error.Message}");
        return new DeadLetter(
            Prefix(path) + Hash(content, 24),
            Source(path),
            string.Create(CultureInfo.InvariantCulture, $"line {reject.Line}: {reject.Error.Message}"),
            now,
            EventId: null,
            PayloadUser.Find(reject.Json),
            reject.Json);
    }

    private static string Source(string path) => $"file:{(path == InputFile.StandardInput ? "stdin" : Path.GetFileName(path))}";

    /// <summary>The id prefix of a file's dead letters.</summary>
    /// <remarks>It hashes the full path, so equal names in different folders are distinct.</remarks>
    private static string Prefix(string path) => $"file-{Hash(path, 12)}-";

    private static string Hash(string text, int digits) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..digits];
}
