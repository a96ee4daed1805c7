using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Marketing.Domain;
using Marketing.Stores.Contents;

namespace Marketing.Stores.Copying;

/// <summary>
/// Remembers at the target which records of a part were copied and with what content, as keyed hashes: an id may be a user's, whom an
/// erasure could not find here.
/// </summary>
internal sealed class CopyJournal
{
    private readonly ICopyStore _target;
    private readonly ErasureHash _hash;
    private readonly string _part;

    /// <summary>Hash of the id → hash of the content, by the first character of the former: each is stored under a name of its own.</summary>
    private readonly Dictionary<char, Dictionary<string, string>> _copied = [];
    private readonly HashSet<char> _changed = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private CopyJournal(ICopyStore target, string part, ErasureHash hash) => (_target, _part, _hash) = (target, part, hash);

    /// <summary>Whether a record that was copied before was not seen at the source.</summary>
    public bool HasGone => _copied.Values.Any(shard => shard.Keys.Any(id => !_seen.Contains(id)));

    public static async Task<CopyJournal> LoadAsync(ICopyStore target, string part, ErasureHash hash, CancellationToken cancellationToken)
    {
        var journal = new CopyJournal(target, part, hash);
        foreach (char shard in (await target.FindStateAsync(journal.Name(), cancellationToken) ?? "").Order())
        {
            journal._copied[shard] = JsonSerializer.Deserialize<Dictionary<string, string>>(
                (await target.FindStateAsync(journal.Name(shard), cancellationToken))!)!;
        }

        return journal;
    }

    /// <summary>Notes a record of the source; returns whether it was not copied with this content before.</summary>
    public bool IsNew(LogRecord record)
    {
        string id = IdOf(record);
        string content = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(record.Content)).AsSpan(0, 8));
        _seen.Add(id);
        if (!_copied.TryGetValue(id[0], out var shard))
        {
            _copied[id[0]] = shard = new Dictionary<string, string>(StringComparer.Ordinal);
        }

        if (shard.TryGetValue(id, out string? before) && before == content)
        {
            return false;
        }

        shard[id] = content;
        _changed.Add(id[0]);
        return true;
    }

    /// <summary>Whether a record of the target was copied before and is gone from the source.</summary>
    public bool IsGone(LogRecord record) =>
        IdOf(record) is var id && !_seen.Contains(id) && _copied.GetValueOrDefault(id[0])?.ContainsKey(id) == true;

    public void ForgetGone()
    {
        foreach (var (shard, copied) in _copied)
        {
            foreach (string id in copied.Keys.Where(id => !_seen.Contains(id)).ToList())
            {
                copied.Remove(id);
                _changed.Add(shard);
            }
        }
    }

    /// <summary>Stores what was noted. Call it after the records are at the target: a crash in between copies them again.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        foreach (char shard in _changed)
        {
            await _target.SetStateAsync(Name(shard), JsonSerializer.Serialize(_copied[shard]), cancellationToken);
        }

        if (_changed.Count > 0)
        {
            await _target.SetStateAsync(Name(), string.Concat(_copied.Keys.Order()), cancellationToken);
            _changed.Clear();
        }
    }

    private string IdOf(LogRecord record) => ErasureHash.Text(_hash.Of(new UserId(record.Id)));

    private string Name() => $"copied {_part}";

    private string Name(char shard) => $"copied {_part} {shard}";
}
