using System.Diagnostics.CodeAnalysis;
using Marketing.Domain;

namespace Marketing.Stores.InProcess;

/// <summary>
/// The stored messages, by slot. One writer at a time. Scans need no lock and check the version of an entry; lookups by id take
/// a lock for well under a microsecond.
/// </summary>
internal sealed class EntryStore(int dimensions)
{
    /// <summary>The campaign number of a message that names no campaign.</summary>
    public const int NoCampaign = -1;

    /// <summary>The campaign number of a free slot.</summary>
    public const int FreeSlot = -2;

    private const int NoSlot = -1;

    private readonly Lock _lock = new();
    private readonly IdTable _events = new();
    private readonly IdTable _users = new();
    private readonly IdTable _campaigns = new();
    private readonly List<int> _firstOfUser = [];
    private EntryChunk[] _chunks = [];
    private int _count;

    public int Dimensions => dimensions;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The number of slots, occupied or free.</summary>
    public int Capacity => Chunks.Length * EntryChunk.Size;

    public ReadOnlySpan<EntryChunk> Chunks => Volatile.Read(ref _chunks);

    public EntryChunk Chunk(int slot) => Volatile.Read(ref _chunks)[slot / EntryChunk.Size];

    public int Version(int slot) => Volatile.Read(ref Chunk(slot).Versions[slot % EntryChunk.Size]);

    public static bool IsLive(int version) => (version & 1) == 1;

    /// <summary>Reserves a slot for a message; a known id keeps its slot.</summary>
    public int Reserve(EventId id)
    {
        lock (_lock)
        {
            int slot = _events.Acquire(id.Value);
            EnsureChunk(slot);
            return slot;
        }
    }

    /// <summary>Undoes a <see cref="Reserve"/>.</summary>
    public void Release(int slot)
    {
        lock (_lock)
        {
            _events.Release(slot);
        }
    }

    /// <summary>Puts a message into its former slot; call <see cref="CompleteRestore"/> after the last.</summary>
    /// <returns>False when the id already has a slot.</returns>
    public bool TryRestore(int slot, EncodedMessage message)
    {
        if (!_events.TryRestore(slot, message.Id.Value))
        {
            return false;
        }

        EnsureChunk(slot);
        Put(slot, message);
        return true;
    }

    public void CompleteRestore() => _events.FreeGaps();

    /// <summary>Writes a message to a reserved, empty slot.</summary>
    public void Put(int slot, EncodedMessage message)
    {
        EntryChunk chunk = Chunk(slot);
        int index = slot % EntryChunk.Size;
        lock (_lock)
        {
            int user = _users.Acquire(message.UserId.Value);
            while (user >= _firstOfUser.Count)
            {
                _firstOfUser.Add(NoSlot);
            }

            message.Code.CopyTo(chunk.Codes, index * dimensions);
            message.Refinement.CopyTo(chunk.RefinementOf(index));
            chunk.Scales[index] = message.Scale;
            chunk.Ticks[index] = message.OccurredAt.UtcTicks;
            chunk.Terms.Set(index, message.Terms.Span);
            chunk.Users[index] = user;
            chunk.NextOfUser[index] = _firstOfUser[user];
            _firstOfUser[user] = slot;
            Volatile.Write(
                ref chunk.Campaigns[index],
                message.CampaignId is { } campaign ? _campaigns.Acquire(campaign.Value) : NoCampaign);
            Interlocked.Increment(ref chunk.Versions[index]);
            _count++;
        }
    }

    /// <summary>Empties a slot and releases it.</summary>
    public void Remove(int slot)
    {
        EntryChunk chunk = Chunk(slot);
        int index = slot % EntryChunk.Size;
        lock (_lock)
        {
            Interlocked.Increment(ref chunk.Versions[index]);
            int campaign = chunk.Campaigns[index];
            Volatile.Write(ref chunk.Campaigns[index], FreeSlot);
            Unlink(slot, chunk.Users[index]);
            chunk.Codes.AsSpan(index * dimensions, dimensions).Clear();
            chunk.RefinementOf(index).Clear();
            chunk.Terms.Set(index, []);
            _users.Release(chunk.Users[index]);
            _events.Release(slot);
            if (campaign != NoCampaign)
            {
                _campaigns.Release(campaign);
            }

            _count--;
        }
    }

    public bool TryFind(EventId id, out int slot)
    {
        lock (_lock)
        {
            slot = _events.Find(id.Value);
            return slot != IdTable.None && IsLive(Version(slot));
        }
    }

    /// <returns>
    /// The user's number, or <see cref="IdTable.None"/>, to compare with <see cref="EntryChunk.Users"/>; it may be reused later.
    /// </returns>
    public int FindUser(UserId id)
    {
        lock (_lock)
        {
            return _users.Find(id.Value);
        }
    }

    /// <returns>The campaign's number, or <see cref="IdTable.None"/>, and how many messages named it.</returns>
    public (int Number, int Messages) FindCampaign(CampaignId id)
    {
        lock (_lock)
        {
            int number = _campaigns.Find(id.Value);
            return (number, number == IdTable.None ? 0 : _campaigns.Uses(number));
        }
    }

    /// <summary>The user's entries, in no particular order.</summary>
    public List<(int Slot, EncodedMessage Message)> EntriesOfUser(UserId id)
    {
        lock (_lock)
        {
            var entries = new List<(int, EncodedMessage)>();
            int user = _users.Find(id.Value);
            for (int slot = user == IdTable.None ? NoSlot : _firstOfUser[user]; slot != NoSlot;)
            {
                entries.Add((slot, Read(slot)));
                slot = Chunk(slot).NextOfUser[slot % EntryChunk.Size];
            }

            return entries;
        }
    }

    public EncodedMessage Get(int slot)
    {
        lock (_lock)
        {
            return Read(slot);
        }
    }

    /// <summary>The message in a slot; null when it is empty.</summary>
    public EncodedMessage? TryGet(int slot)
    {
        lock (_lock)
        {
            return IsLive(Version(slot)) ? Read(slot) : null;
        }
    }

    /// <summary>Gets the ids of an entry, if it still has the given version.</summary>
    public bool TryIdentify(int slot, int version, [NotNullWhen(true)] out string? eventId, [NotNullWhen(true)] out string? userId)
    {
        userId = _users.Text(Chunk(slot).Users[slot % EntryChunk.Size]);
        eventId = _events.Text(slot);
        Volatile.ReadBarrier();
        return Version(slot) == version;
    }

    private EncodedMessage Read(int slot)
    {
        EntryChunk chunk = Chunk(slot);
        int index = slot % EntryChunk.Size;
        int campaign = chunk.Campaigns[index];
        return new EncodedMessage(
            new EventId(_events.Text(slot)),
            new UserId(_users.Text(chunk.Users[index])),
            campaign == NoCampaign ? null : new CampaignId(_campaigns.Text(campaign)),
            new DateTimeOffset(chunk.Ticks[index], TimeSpan.Zero),
            chunk.Scales[index],
            chunk.Code(index).ToArray(),
            chunk.RefinementOf(index).ToArray(),
            chunk.Terms.Get(index).ToArray());
    }

    private void EnsureChunk(int slot)
    {
        while (slot >= Capacity)
        {
            Volatile.Write(ref _chunks, [.. _chunks, new EntryChunk(dimensions)]);
        }
    }

    private void Unlink(int slot, int user)
    {
        int next = Chunk(slot).NextOfUser[slot % EntryChunk.Size];
        if (_firstOfUser[user] == slot)
        {
            _firstOfUser[user] = next;
            return;
        }

        int before = _firstOfUser[user];
        while (Chunk(before).NextOfUser[before % EntryChunk.Size] != slot)
        {
            before = Chunk(before).NextOfUser[before % EntryChunk.Size];
        }

        Chunk(before).NextOfUser[before % EntryChunk.Size] = next;
    }
}
