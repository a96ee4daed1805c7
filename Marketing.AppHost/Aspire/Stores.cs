namespace Marketing.AppHost;

/// <summary>Adds stores: a server given by connection string, else a container, else embedded in the process that uses it.</summary>
internal static class Stores
{
    /// <summary>
    /// Adds the server behind <c>ConnectionStrings:{name}</c> when that is set; else the container, when a container engine can run it
    /// and <c>Containers:{name}</c> allows it; else returns null: the store is embedded, or left out.
    /// </summary>
    /// <remarks>A deployment whose stores run elsewhere always gets a connection string parameter.</remarks>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the store and of its connection string.</param>
    /// <param name="container">Adds the container under that name; null when the store has no container.</param>
    /// <param name="byDefault">Whether to add the container when <c>Containers:{name}</c> is not set.</param>
    public static IResourceBuilder<IResourceWithConnectionString>? AddStore(
        this IDistributedApplicationBuilder builder,
        string name,
        Func<IDistributedApplicationBuilder, string, IResourceBuilder<IResourceWithConnectionString>?>? container = null,
        bool byDefault = true)
    {
        if (!string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(name)))
        {
            return builder.AddConnectionString(name);
        }

        if (builder.HasServersOfItsOwn())
        {
            builder.NeedsNoValueToPublish($"ConnectionStrings:{name}");
            return builder.AddConnectionString(name);
        }

        return container is not null && builder.Configuration.GetValue($"Containers:{name}", byDefault)
            ? builder.AddContainer(name, container)
            : null;
    }

    /// <summary>References each store that is a server, and delays the project until the server is healthy.</summary>
    public static IResourceBuilder<ProjectResource> WithStores(
        this IResourceBuilder<ProjectResource> project,
        params IResourceBuilder<IResourceWithConnectionString>?[] stores)
    {
        // Clients read only the connection string. Do not copy the password into six more variables.
        project.WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString);
        foreach (var store in stores)
        {
            if (store is not null)
            {
                project.WithReference(store).WaitFor(store);
            }
        }

        return project;
    }

    /// <summary>The replicas of a program: <c>{section}:Replicas</c>, else two in Kubernetes and one elsewhere.</summary>
    public static int Replicas(this IDistributedApplicationBuilder builder, string section) =>
        builder.Configuration.GetValue($"{section}:Replicas", builder.HasServersOfItsOwn() ? 2 : 1);

    /// <summary>The replicas of the API.</summary>
    /// <exception cref="DistributedApplicationException">More than one replica, but Milvus or Redis is embedded.</exception>
    public static int ApiReplicas(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<IResourceWithConnectionString>? milvus,
        IResourceBuilder<IResourceWithConnectionString>? redis)
    {
        var replicas = builder.Replicas("Api");
        return replicas == 1 || (milvus is not null && redis is not null)
            ? replicas
            : throw new DistributedApplicationException(
                $"Api:Replicas is {replicas}; it must be 1 while milvus or redis is embedded, because an embedded store belongs to one process.");
    }
}
