using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Kafka;

/// <summary>
/// Stores each rejected message twice: unchanged in the dead-letter topic, for Kafka tools, and among the product's own dead letters,
/// where it can be replayed.
/// </summary>
internal sealed class KafkaDeadLetters(
    IProducer<byte[], byte[]> producer, IDeadLetters letters, IOptions<KafkaOptions> options, TimeProvider time)
{
    public async Task AddAsync(IReadOnlyList<(ConsumeResult<byte[], byte[]> Message, FieldError Error)> rejected, CancellationToken cancellationToken)
    {
        if (rejected.Count == 0)
        {
            return;
        }

        await letters.AddAsync([.. rejected.Select(Letter)], cancellationToken);
        await Task.WhenAll(rejected.Select(item =>
            producer.ProduceAsync(options.Value.DeadLetterTopic, Copy(item.Message, item.Error), cancellationToken)));
    }

    private static Message<byte[], byte[]> Copy(ConsumeResult<byte[], byte[]> message, FieldError error) => new()
    {
        Key = message.Message.Key,
        Value = message.Message.Value,
        Headers =
        [
            new Header("field", Encoding.UTF8.GetBytes(error.Field)),
            new Header("reason", Encoding.UTF8.GetBytes(error.Message)),
            new Header("source", Encoding.UTF8.GetBytes(Position(message))),
        ],
    };

    private DeadLetter Letter((ConsumeResult<byte[], byte[]> Message, FieldError Error) item) => new(
        "kafka:" + Position(item.Message),
        "kafka",
        item.Error.Message,
        time.GetUtcNow(),
        EventId: null,
        PayloadUser.Find(Payload(item.Message)) ?? UserOfKey(item.Message),
        Payload(item.Message));

    private static string Payload(ConsumeResult<byte[], byte[]> message) => Encoding.UTF8.GetString(message.Message.Value ?? []);

    /// <summary>Reads the user from the message key.</summary>
    private static UserId? UserOfKey(ConsumeResult<byte[], byte[]> message) =>
        message.Message.Key is { Length: > 0 and <= 512 } key ? new UserId(Encoding.UTF8.GetString(key)) : null;

    private static string Position(ConsumeResult<byte[], byte[]> message) =>
        string.Create(CultureInfo.InvariantCulture, $"{message.Topic}/{message.Partition.Value}/{message.Offset.Value}");
}
