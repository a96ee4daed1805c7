using Marketing.Stores.Kafka;
using Marketing.Tests.Api;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Stores.Kafka;

/// <summary>The API with Kafka in front of its log.</summary>
internal sealed class KafkaIngestServer(string servers, params (string Setting, string Value)[] settings) : ApiServer
{
    /// <summary>Creates the API on separate topics; <paramref name="consumes"/> runs the consumer in the same process.</summary>
    public static KafkaIngestServer On(KafkaTopics topics, bool consumes = true) =>
        new(topics.Servers, ("Kafka:Topic", topics.Topic), ("Kafka:DeadLetterTopic", topics.DeadLetterTopic), ("Kafka:Group", topics.Group))
        {
            Consumes = consumes,
        };

    public bool Consumes { get; init; } = true;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("ConnectionStrings:kafka", servers);
        builder.UseSetting("Kafka:FrontDoor", "true");
        foreach (var (setting, value) in settings)
        {
            builder.UseSetting(setting, value);
        }

        if (!Consumes)
        {
            // As in a deployment with a worker that hosts the consumer, and without the broker check at startup.
            builder.ConfigureTestServices(services =>
            {
                foreach (var hosted in services.Where(service => service.ServiceType == typeof(IHostedService)
                    && service.ImplementationType?.Namespace == typeof(KafkaRegistration).Namespace).ToList())
                {
                    services.Remove(hosted);
                }
            });
        }
    }
}
