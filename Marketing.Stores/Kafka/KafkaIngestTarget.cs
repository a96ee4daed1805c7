using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Confluent.Kafka;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Kafka;

/// <summary>
/// The ingest endpoint's queue in Kafka: writes interactions to the topic, keyed by user, and waits until all in-sync replicas acknowledge
/// them. Duplicates are found later, in the log; the message contains the id, so that a retry is recognized there.
/// </summary>
internal sealed class KafkaIngestTarget(
    IProducer<byte[], byte[]> producer, InteractionIngestion ingestion, IOptions<KafkaOptions> options, TimeProvider time) : IIngestTarget
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly TimeSpan Room = TimeSpan.FromMilliseconds(10);

    private readonly KafkaOptions _options = options.Value;

    public string Name => "Kafka";

    public bool KnowsDuplicates => false;

    public Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken) =>
        IngestUnavailableException.GuardAsync(Name, () => ProduceAllAsync(interactions, cancellationToken));

    /// <exception cref="KafkaException">
    /// Not all messages were acknowledged within <see cref="KafkaOptions.ProduceTimeout"/>; some may have been.
    /// </exception>
    private async Task<IReadOnlyList<AppendOutcome>> ProduceAllAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        if (interactions.Count == 0)
        {
            return [];
        }

        using var activity = KafkaTrace.StartProduce(interactions.Count);
        var headers = KafkaTrace.Headers(activity);
        var delivery = new KafkaDelivery(interactions.Count);
        var json = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(json, Json);
        foreach (var interaction in interactions)
        {
            json.ResetWrittenCount();
            writer.Reset();
            InteractionWriter.Write(writer, interaction);
            writer.Flush();
            await ProduceAsync(
                new()
                {
                    Key = Encoding.UTF8.GetBytes(interaction.UserId.Value),
                    Value = json.WrittenSpan.ToArray(),
                    Headers = headers,
                },
                delivery,
                cancellationToken);
        }

        await delivery.Acknowledged.WaitAsync(cancellationToken);
        return new AppendOutcome[interactions.Count]; // All accepted: duplicates and conflicts are found in the log.
    }

    public void CountRejected(long count) => ingestion.CountRejected(count);

    /// <summary>Waits while the client's queue is full, but no longer than a message may wait in it.</summary>
    private async Task ProduceAsync(Message<byte[], byte[]> message, KafkaDelivery delivery, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                producer.Produce(_options.Topic, message, delivery.Report);
                return;
            }
            catch (ProduceException<byte[], byte[]> exception)
                when (exception.Error.Code == ErrorCode.Local_QueueFull && time.GetElapsedTime(started) < _options.ProduceTimeout)
            {
                await Task.Delay(Room, time, cancellationToken);
            }
        }
    }
}
