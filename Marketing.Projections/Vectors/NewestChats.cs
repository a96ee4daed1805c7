using Marketing.Domain;

namespace Marketing.Projections.Vectors;

/// <summary>Collects a user's newest chat ids in the index's order of preference, as many as the index keeps.</summary>
internal sealed class NewestChats(int most)
{
    private readonly List<(DateTimeOffset At, EventId Id)> _newestFirst = [];

    public int Count => _newestFirst.Count;

    public IEnumerable<EventId> Ids => _newestFirst.Select(chat => chat.Id);

    public void Add(DateTimeOffset at, EventId id)
    {
        var place = _newestFirst.Count;
        while (place > 0 && IsNewer((at, id), _newestFirst[place - 1]))
        {
            place--;
        }

        if (place < most)
        {
            _newestFirst.Insert(place, (at, id));
            if (_newestFirst.Count > most)
            {
                _newestFirst.RemoveAt(most);
            }
        }
    }

    private static bool IsNewer((DateTimeOffset At, EventId Id) one, (DateTimeOffset At, EventId Id) other) =>
        one.At != other.At ? one.At > other.At : one.Id.CompareTo(other.Id) > 0;
}
