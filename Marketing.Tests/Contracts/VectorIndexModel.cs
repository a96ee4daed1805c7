using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Tests.Contracts;

/// <summary>A simple reference model of a vector index.</summary>
internal sealed class VectorIndexModel(int perUser)
{
    private readonly Dictionary<EventId, MessageVector> _messages = [];

    public IEnumerable<EventId> Ids => _messages.Keys.Order();

    public IEnumerable<EventId> Latest(UserId user) => OfUser(user).Select(message => message.Id);

    public void Upsert(IEnumerable<MessageVector> messages)
    {
        foreach (var message in messages)
        {
            _messages[message.Id] = message;
        }

        foreach (var user in _messages.Values.Select(message => message.UserId).Distinct().ToList())
        {
            Remove([.. OfUser(user).Skip(perUser).Select(message => message.Id)]);
        }
    }

    public void Remove(IEnumerable<EventId> ids)
    {
        foreach (var id in ids)
        {
            _messages.Remove(id);
        }
    }

    public void RemoveUser(UserId user) => Remove([.. Latest(user)]);

    private IEnumerable<MessageVector> OfUser(UserId user) => _messages.Values
        .Where(message => message.UserId == user)
        .OrderByDescending(message => message.OccurredAt)
        .ThenByDescending(message => message.Id);
}
