"""Pages written for the project, as sample publishers would print them: a first night without the network."""
